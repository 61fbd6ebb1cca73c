/** What services send by themselves: deliveries, the events that they become, and who is told. */
@NullMarked
package dev.bulla.webhook;

import org.jspecify.annotations.NullMarked;
