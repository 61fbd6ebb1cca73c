/**
 * The RFCs of OAuth 2 and OpenID Connect, and no service by name: the standard implementations of the contracts in
 * {@link dev.bulla.provider}, fed with the facts of an {@link dev.bulla.provider.OAuth2Spec}.
 */
@NullMarked
package dev.bulla.oauth2;

import org.jspecify.annotations.NullMarked;
