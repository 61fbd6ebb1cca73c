/** The RFCs of OAuth and OpenID Connect, and no service by name. */
@NullMarked
package dev.bulla.oauth2;

import org.jspecify.annotations.NullMarked;
