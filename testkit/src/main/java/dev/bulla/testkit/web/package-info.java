/** A contract test for whoever carries the web handlers over another server. */
@NullMarked
package dev.bulla.testkit.web;

import org.jspecify.annotations.NullMarked;
