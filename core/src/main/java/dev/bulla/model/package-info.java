/** The nouns that cross the front door: connections, accounts, steps and outcomes. Plain values without secrets in view. */
@NullMarked
package dev.bulla.model;

import org.jspecify.annotations.NullMarked;
