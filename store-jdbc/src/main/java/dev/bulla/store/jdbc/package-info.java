/** The store on plain JDBC; every line of SQL lives here. */
@NullMarked
package dev.bulla.store.jdbc;

import org.jspecify.annotations.NullMarked;
