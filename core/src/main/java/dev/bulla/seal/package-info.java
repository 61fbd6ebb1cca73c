/** The cryptography that turns plain into sealed and back. */
@NullMarked
package dev.bulla.seal;

import org.jspecify.annotations.NullMarked;
