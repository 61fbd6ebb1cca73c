/** Every provider by its id, none of them loaded before it is asked for. */
@NullMarked
package dev.bulla.providers.all;

import org.jspecify.annotations.NullMarked;
