/** The one way out for calls: who, whether, what, how often, written down, and only then forward. Internal. */
@NullMarked
package dev.bulla.gate;

import org.jspecify.annotations.NullMarked;
