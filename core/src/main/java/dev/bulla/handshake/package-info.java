/** The keeper of connects under way: state, browser binding, callback. */
@NullMarked
package dev.bulla.handshake;

import org.jspecify.annotations.NullMarked;
