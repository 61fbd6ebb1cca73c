/** What does a host look like that has nothing but the JDK? */
@NullMarked
package dev.bulla.examples.plainjdk;

import org.jspecify.annotations.NullMarked;
