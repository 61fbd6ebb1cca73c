/** Everything that only GitHub does. */
@NullMarked
package dev.bulla.providers.github;

import org.jspecify.annotations.NullMarked;
