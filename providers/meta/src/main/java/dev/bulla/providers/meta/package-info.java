/** Everything that only Meta does. */
@NullMarked
package dev.bulla.providers.meta;

import org.jspecify.annotations.NullMarked;
