/** Database servers for tests, each started once for a JVM, and a pool whose connections meet misfortune to order. */
@NullMarked
package dev.bulla.databases;

import org.jspecify.annotations.NullMarked;
