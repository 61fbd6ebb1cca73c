/** What a host, a store author or a provider author needs to test against Bulla. */
@NullMarked
package dev.bulla.testkit;

import org.jspecify.annotations.NullMarked;
