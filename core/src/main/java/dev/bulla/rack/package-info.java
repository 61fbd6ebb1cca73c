/** Which tools a connection has: the provider's, the host's and the owner's, and which of them are offered. Internal. */
@NullMarked
package dev.bulla.rack;

import org.jspecify.annotations.NullMarked;
