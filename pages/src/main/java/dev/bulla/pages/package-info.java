/**
 * Pages that a host can mount as they are: members connect services, owners configure connections. Rendered on the server, without a
 * framework; whatever the pages need comes from this host. {@link dev.bulla.pages.BullaPages} is the way in.
 */
@NullMarked
package dev.bulla.pages;

import org.jspecify.annotations.NullMarked;
