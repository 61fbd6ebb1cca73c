/**
 * Framework-neutral handlers for the routes that every host has: connect, callback, status and disconnect. Plain requests in, plain
 * answers out; an adapter carries them, and the host says who is calling.
 */
@NullMarked
package dev.bulla.web;

import org.jspecify.annotations.NullMarked;
