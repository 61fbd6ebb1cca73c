/**
 * Who may do what on a connection, and when: policies as owners write them, and how they decide. Nothing here does I/O. What no policy
 * permits is denied.
 */
@NullMarked
package dev.bulla.policy;

import org.jspecify.annotations.NullMarked;
