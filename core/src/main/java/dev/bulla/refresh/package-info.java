/** The keeper of tokens that run out: when to refresh, who may, and what a failure means. */
@NullMarked
package dev.bulla.refresh;

import org.jspecify.annotations.NullMarked;
