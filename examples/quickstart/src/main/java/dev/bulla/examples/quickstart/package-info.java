/** How does a host connect its first account? */
@NullMarked
package dev.bulla.examples.quickstart;

import org.jspecify.annotations.NullMarked;
