/** Names and attributes of the things at the services: how they are read, kept, kept fresh and asked for. */
@NullMarked
package dev.bulla.entity;

import org.jspecify.annotations.NullMarked;
