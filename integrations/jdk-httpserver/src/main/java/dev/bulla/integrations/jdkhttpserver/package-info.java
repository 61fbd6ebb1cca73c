/** A thin adapter between the web handlers of core and the HTTP server of the JDK. */
@NullMarked
package dev.bulla.integrations.jdkhttpserver;

import org.jspecify.annotations.NullMarked;
