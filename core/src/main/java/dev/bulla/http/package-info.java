/** The one room that speaks to the network; wire names and JSON end here. */
@NullMarked
package dev.bulla.http;

import org.jspecify.annotations.NullMarked;
