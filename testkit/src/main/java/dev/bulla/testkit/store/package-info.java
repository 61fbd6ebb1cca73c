/** A store in memory, and the contract kit that every store passes. */
@NullMarked
package dev.bulla.testkit.store;

import org.jspecify.annotations.NullMarked;
