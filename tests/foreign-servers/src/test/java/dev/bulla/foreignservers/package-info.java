/**
 * Three nodes of one host against authorization servers that we did not write, which end a grant when a refresh token is used twice:
 * under load, and with nodes that are stopped and killed.
 */
@NullMarked
package dev.bulla.foreignservers;

import org.jspecify.annotations.NullMarked;
