/** Whole stories through the real modules. */
@NullMarked
package dev.bulla.journeys;

import org.jspecify.annotations.NullMarked;
