/** A thin adapter between the web handlers of core and Jakarta Servlet 6.1. */
@NullMarked
package dev.bulla.integrations.servlet;

import org.jspecify.annotations.NullMarked;
