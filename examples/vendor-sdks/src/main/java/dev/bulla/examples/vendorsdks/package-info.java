/** How does a vendor's SDK call as a member? */
@NullMarked
package dev.bulla.examples.vendorsdks;

import org.jspecify.annotations.NullMarked;
