/**
 * A real authorization server over HTTP for tests and demonstrations, and a browser to walk through it. Not for real people's data:
 * it knows passwords in clear, speaks plain HTTP and listens on the loopback address only.
 */
@NullMarked
package dev.bulla.testkit.server;

import org.jspecify.annotations.NullMarked;
