@NullMarked
package dev.bulla.testkit.server;

import org.jspecify.annotations.NullMarked;
