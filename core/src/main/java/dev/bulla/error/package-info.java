/** One root exception, stable codes, and who must act. */
@NullMarked
package dev.bulla.error;

import org.jspecify.annotations.NullMarked;
