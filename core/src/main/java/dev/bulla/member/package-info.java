/** The life of a member's key: issued, offered and typed back, rotated, lost and reset; and the end of a member. */
@NullMarked
package dev.bulla.member;

import org.jspecify.annotations.NullMarked;
