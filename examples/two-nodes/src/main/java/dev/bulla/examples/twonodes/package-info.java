/** What does it take to run a host on several nodes? */
@NullMarked
package dev.bulla.examples.twonodes;

import org.jspecify.annotations.NullMarked;
