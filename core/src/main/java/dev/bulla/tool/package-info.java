/**
 * Tools: what an agent may be offered at a service, each with the form of its arguments, how much it can do, what it touches, and how it
 * is called. They are data; whether somebody may use one is judged elsewhere, at every call.
 */
@NullMarked
package dev.bulla.tool;

import org.jspecify.annotations.NullMarked;
