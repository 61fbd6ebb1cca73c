/** The seam through which the testkit answers in place of the network. Open to the testkit alone. */
@NullMarked
package dev.bulla.testing;

import org.jspecify.annotations.NullMarked;
