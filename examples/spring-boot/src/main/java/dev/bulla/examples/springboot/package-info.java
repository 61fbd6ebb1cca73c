/** A host on Spring Boot. */
@NullMarked
package dev.bulla.examples.springboot;

import org.jspecify.annotations.NullMarked;
