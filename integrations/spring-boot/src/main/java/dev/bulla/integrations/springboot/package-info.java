/** Bulla from a {@code DataSource} and properties below {@code bulla}, in Spring Boot 4 and 3.5. */
@NullMarked
package dev.bulla.integrations.springboot;

import org.jspecify.annotations.NullMarked;
