/**
 * What every provider promises, as tests: a provider's author subclasses {@link dev.bulla.testkit.provider.ProviderContract} and lays
 * down conversations as the service documents them.
 */
@NullMarked
package dev.bulla.testkit.provider;

import org.jspecify.annotations.NullMarked;
