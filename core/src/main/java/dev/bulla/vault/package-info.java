/**
 * The room where plain becomes sealed and sealed becomes plain: the only one that knows both the sealer and the store. Who may open
 * what, which key a record is sealed to, and re-sealing under another key are decided here.
 */
@NullMarked
package dev.bulla.vault;

import org.jspecify.annotations.NullMarked;
