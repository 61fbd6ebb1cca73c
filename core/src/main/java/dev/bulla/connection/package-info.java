/** The keeper of connections: what owners configure, which app registration an account uses, and what is still missing. */
@NullMarked
package dev.bulla.connection;

import org.jspecify.annotations.NullMarked;
