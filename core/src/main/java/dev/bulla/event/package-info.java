/**
 * What a host is told: typed events about what was committed, and a meter for what merely happened. Advisory, without secrets; the
 * truth is in the rows, and {@code changesSince} reads it.
 */
@NullMarked
package dev.bulla.event;

import org.jspecify.annotations.NullMarked;
