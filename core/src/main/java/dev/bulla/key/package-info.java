/**
 * The two kinds of key that are kept outside the database: the member's own, and the host's ring.
 *
 * <p>Nothing here encrypts. A member key becomes a key pair, and a host term becomes the key of a record, in the
 * sealing room, which is not exported.
 */
@NullMarked
package dev.bulla.key;

import org.jspecify.annotations.NullMarked;
