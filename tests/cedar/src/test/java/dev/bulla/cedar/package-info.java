/** What policies say in the Cedar language is what they do. */
@NullMarked
package dev.bulla.cedar;

import org.jspecify.annotations.NullMarked;
