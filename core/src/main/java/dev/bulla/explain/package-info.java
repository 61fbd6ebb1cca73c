/** Reads off the rows why something does not work. */
@NullMarked
package dev.bulla.explain;

import org.jspecify.annotations.NullMarked;
