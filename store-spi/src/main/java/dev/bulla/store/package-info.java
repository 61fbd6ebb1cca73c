/** The ground: the contract that a store keeps, for rows that are sealed before they arrive. */
@NullMarked
package dev.bulla.store;

import org.jspecify.annotations.NullMarked;
