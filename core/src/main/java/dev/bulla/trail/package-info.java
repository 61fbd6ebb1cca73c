/**
 * Writes the audit behind the calls, and reads it. What is written never makes a call wait; a sink that takes nothing is noticed, and
 * what happens then is the host's decision. Internal.
 */
@NullMarked
package dev.bulla.trail;

import org.jspecify.annotations.NullMarked;
