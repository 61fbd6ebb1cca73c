/** How does a host test its own code against Bulla? */
@NullMarked
package dev.bulla.examples.hosttests;

import org.jspecify.annotations.NullMarked;
