/** How often something may be asked for: rates, buckets, and who is counted. */
@NullMarked
package dev.bulla.limit;

import org.jspecify.annotations.NullMarked;
