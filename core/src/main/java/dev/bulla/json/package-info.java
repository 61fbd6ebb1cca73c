/** JSON as trees of values: read as strictly as it can be, and written. Who reads and what for is told elsewhere. */
@NullMarked
package dev.bulla.json;

import org.jspecify.annotations.NullMarked;
