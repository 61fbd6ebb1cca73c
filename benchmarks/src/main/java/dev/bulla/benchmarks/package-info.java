/**
 * What Bulla costs, beside plain JDBC and beside its peers. A benchmark is a class with a {@code main}, named like its name on the
 * command line with a capital, which writes progress to stderr and ends with one {@link dev.bulla.benchmarks.Figures} line.
 */
@NullMarked
package dev.bulla.benchmarks;

import org.jspecify.annotations.NullMarked;
