/** The front door: what a host calls, and nothing behind it. */
@NullMarked
package dev.bulla;

import org.jspecify.annotations.NullMarked;
