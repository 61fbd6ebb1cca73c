package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.BullaBuilder;
import dev.bulla.event.BullaListener;
import dev.bulla.event.Telemetry;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.provider.Provider;
import dev.bulla.store.Store;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The store on the host's {@code DataSource}, the keys, the front door and its sweeps. Each of these beans may be the host's own. It comes
 * after what migrates the database, and ends with the context.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "dev.bulla.integrations.springboot.BullaMetricsAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "bulla.enabled", matchIfMissing = true)
@EnableConfigurationProperties(BullaProperties.class)
public class BullaAutoConfiguration {
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Store.class)
    @ConditionalOnSingleCandidate(DataSource.class)
    static class OnDataSource {
        @Bean
        @DependsOnDatabaseInitialization
        JdbcStore bullaStore(DataSource dataSource, BullaProperties properties) {
            JdbcStore store = JdbcStore.of(dataSource).withTablePrefix(properties.tablePrefix());
            if (properties.initializeSchema() == BullaProperties.InitializeSchema.ALWAYS
                    || (properties.initializeSchema() == BullaProperties.InitializeSchema.EMBEDDED
                            && Database.inMemory(dataSource).isPresent())) {
                SchemaInstaller.install(dataSource, properties.tablePrefix());
            }
            return store;
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Store.class)
    HostKeyring bullaHostKeys(BullaProperties properties, ObjectProvider<DataSource> dataSource) {
        return HostKeys.from(properties, dataSource.getIfUnique());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Store.class)
    Bulla bulla(
            BullaProperties properties,
            Store store,
            HostKeyring hostKeys,
            ObjectProvider<Provider> providers,
            ObjectProvider<Telemetry> telemetry,
            ObjectProvider<BullaListener> listeners,
            ObjectProvider<BullaCustomizer> customizers) {
        String base = Base.checked(properties);
        HttpSettings http = HttpSettings.standard();
        for (String address : properties.http().reaching()) {
            http = http.reaching(address);
        }
        BullaBuilder builder = Bulla.builder()
                .store(store)
                .hostKeys(hostKeys)
                .environment(properties.environment())
                .baseUri(base)
                .returnTo(
                        properties.returnTo().isEmpty()
                                ? new String[] {base + "/"}
                                : properties.returnTo().toArray(String[]::new))
                .providers(Providers.of(properties, providers.orderedStream().toList()))
                .http(http);
        if (properties.harvestOnConnect()) {
            builder.harvestOnConnect();
        }
        if (!properties.sdkTokens()) {
            builder.forbidSdkTokens();
        }
        if (properties.minimalReturnParameters()) {
            builder.minimalReturnParameters();
        }
        telemetry.ifAvailable(builder::telemetry);
        listeners.orderedStream().filter(one -> !(one instanceof Telemetry)).forEach(builder::listener);
        customizers.orderedStream().forEach(one -> one.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Bulla.class)
    @ConditionalOnBooleanProperty(name = "bulla.sweep.enabled", matchIfMissing = true)
    BullaSweep bullaSweep(Bulla bulla, BullaProperties properties) {
        return new BullaSweep(bulla, properties.sweep().settings());
    }
}
