/** The walls of the house as tests. */
@NullMarked
package dev.bulla.architecture;

import org.jspecify.annotations.NullMarked;
