/** Takes webhooks: verifies them, remembers them, and hands them on. */
@NullMarked
package dev.bulla.hook;

import org.jspecify.annotations.NullMarked;
