package dev.bulla.integrations.springboot;

import dev.bulla.BullaBuilder;

/** What the properties do not say. Beans of this type are asked in their order, after the properties. */
@FunctionalInterface
public interface BullaCustomizer {
    void customize(BullaBuilder builder);
}
