/**
 * Who did what with whose credential, and why they could: one entry for each decision and each change of a credential. What stands here
 * is safe to be shown to an owner and to be sent elsewhere: no token, key, secret, query or body is in it.
 */
@NullMarked
package dev.bulla.audit;

import org.jspecify.annotations.NullMarked;
