/** Everything that only Slack does. */
@NullMarked
package dev.bulla.providers.slack;

import org.jspecify.annotations.NullMarked;
