/** Framework-neutral handlers: plain requests in, plain answers out. */
@NullMarked
package dev.bulla.web;

import org.jspecify.annotations.NullMarked;
