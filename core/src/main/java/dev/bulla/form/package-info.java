/** Services that are connected by filling in a form: how one finds out whether the values work. */
@NullMarked
package dev.bulla.form;

import org.jspecify.annotations.NullMarked;
