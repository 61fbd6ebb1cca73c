/** Bulla against an authorization server that we did not write. */
@NullMarked
package dev.bulla.springauthorizationserver;

import org.jspecify.annotations.NullMarked;
