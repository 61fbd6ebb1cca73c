/** Counters and timers of Bulla for hosts that measure with Micrometer. */
@NullMarked
package dev.bulla.integrations.micrometer;

import org.jspecify.annotations.NullMarked;
