package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.key.HostKeyring;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether the store answers, for the health of the application, and where the upkeep stands, as the endpoint {@code bulla}. */
@AutoConfiguration(after = BullaAutoConfiguration.class)
@ConditionalOnBean(Bulla.class)
public class BullaActuatorAutoConfiguration {
    private static final String HEALTH_4 = "org.springframework.boot.health.contributor.HealthIndicator";
    private static final String HEALTH_3 = "org.springframework.boot.actuate.health.HealthIndicator";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static class OnActuator {
        @Bean
        @ConditionalOnMissingBean
        BullaEndpoint bullaEndpoint(
                BullaProperties properties, ObjectProvider<HostKeyring> hostKeys, ObjectProvider<BullaSweep> sweep) {
            return new BullaEndpoint(properties.environment(), hostKeys, sweep);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = HEALTH_4)
    @ConditionalOnBooleanProperty(name = "management.health.bulla.enabled", matchIfMissing = true)
    static class OnBoot4 {
        @Bean
        @ConditionalOnMissingBean(name = "bullaHealthIndicator")
        org.springframework.boot.health.contributor.HealthIndicator bullaHealthIndicator(Store store) {
            return () -> answers(store)
                    ? org.springframework.boot.health.contributor.Health.up().build()
                    : org.springframework.boot.health.contributor.Health.down().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = HEALTH_3)
    @ConditionalOnMissingClass(HEALTH_4)
    @ConditionalOnBooleanProperty(name = "management.health.bulla.enabled", matchIfMissing = true)
    static class OnBoot3 {
        @Bean
        @ConditionalOnMissingBean(name = "bullaHealthIndicator")
        org.springframework.boot.actuate.health.HealthIndicator bullaHealthIndicator(Store store) {
            return () -> answers(store)
                    ? org.springframework.boot.actuate.health.Health.up().build()
                    : org.springframework.boot.actuate.health.Health.down().build();
        }
    }

    private static boolean answers(Store store) {
        try {
            store.now();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }
}
