/**
 * The cryptography that turns plain into sealed and back. {@link dev.bulla.seal.Sealer} is its door and has the record
 * format.
 *
 * <p>It works on bytes and knows neither stores nor services. Keys come from {@code dev.bulla.key}; what a record holds
 * is the caller's.
 */
@NullMarked
package dev.bulla.seal;

import org.jspecify.annotations.NullMarked;
