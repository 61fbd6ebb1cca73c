/** How does Bulla stand in a servlet container? */
@NullMarked
package dev.bulla.examples.plainservlet;

import org.jspecify.annotations.NullMarked;
