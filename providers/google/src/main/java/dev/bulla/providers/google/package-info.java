/** Everything that only Google does. */
@NullMarked
package dev.bulla.providers.google;

import org.jspecify.annotations.NullMarked;
