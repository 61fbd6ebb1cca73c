/** How a writer's news reaches the host: turned into events after the commit, and delivered by a thread that holds nobody up. */
@NullMarked
package dev.bulla.notice;

import org.jspecify.annotations.NullMarked;
