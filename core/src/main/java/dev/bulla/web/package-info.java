/**
 * Framework-neutral handlers for everything that a host routes: the callback, and a JSON API for members and owners. Plain requests in,
 * plain answers out; an adapter carries them, and the host says who is calling.
 */
@NullMarked
package dev.bulla.web;

import org.jspecify.annotations.NullMarked;
