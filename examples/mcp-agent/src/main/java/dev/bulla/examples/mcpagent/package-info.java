/** How does an agent use a member's accounts? */
@NullMarked
package dev.bulla.examples.mcpagent;

import org.jspecify.annotations.NullMarked;
