/** Keeps the policies of connections: reads them, writes them version by version. Internal. */
@NullMarked
package dev.bulla.rule;

import org.jspecify.annotations.NullMarked;
