/** Everything that only Microsoft does. */
@NullMarked
package dev.bulla.providers.microsoft;

import org.jspecify.annotations.NullMarked;
