/** Everything that only Atlassian does. */
@NullMarked
package dev.bulla.providers.atlassian;

import org.jspecify.annotations.NullMarked;
