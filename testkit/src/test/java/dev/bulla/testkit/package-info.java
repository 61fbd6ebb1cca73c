@NullMarked
package dev.bulla.testkit;

import org.jspecify.annotations.NullMarked;
