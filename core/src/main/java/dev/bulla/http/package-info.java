/**
 * The one room that speaks to the network. Third-party types, texts of their exceptions, odd bytes and odd JSON end here: what leaves
 * is a complete {@link dev.bulla.provider.HttpAnswer}, a strict {@link dev.bulla.provider.Json} or a typed failure.
 */
@NullMarked
package dev.bulla.http;

import org.jspecify.annotations.NullMarked;
