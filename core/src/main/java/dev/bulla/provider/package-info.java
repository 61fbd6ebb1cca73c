/**
 * The bridge between the two towers: what a provider supplies ({@link dev.bulla.provider.OAuthFlow},
 * {@link dev.bulla.provider.TokenRefresher}, data) and what it is given. A provider is data first, then one lambda, then an
 * implementation of a contract.
 */
@NullMarked
package dev.bulla.provider;

import org.jspecify.annotations.NullMarked;
