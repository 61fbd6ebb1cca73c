/** The only room that knows both the seal and the store. */
@NullMarked
package dev.bulla.vault;

import org.jspecify.annotations.NullMarked;
