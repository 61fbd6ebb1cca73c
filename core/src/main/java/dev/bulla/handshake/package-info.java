/**
 * Arriving and leaving: begins an authorisation, receives its callback, keeps an account under its member, and disconnects it. The
 * snapshot of a flow decides where and how; the live rows decide whether.
 */
@NullMarked
package dev.bulla.handshake;

import org.jspecify.annotations.NullMarked;
