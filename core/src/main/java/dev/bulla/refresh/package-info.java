/**
 * The refresh keeper: the only room that decides when. Due, margins, claims, repetition, waiting and what a failure means for an
 * account stand here, and nowhere else.
 */
@NullMarked
package dev.bulla.refresh;

import org.jspecify.annotations.NullMarked;
