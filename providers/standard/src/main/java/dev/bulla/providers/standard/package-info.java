/** Services that keep to the specifications: one small final class each. */
@NullMarked
package dev.bulla.providers.standard;

import org.jspecify.annotations.NullMarked;
