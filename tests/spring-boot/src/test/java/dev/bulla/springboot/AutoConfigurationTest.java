package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.event.BullaListener;
import dev.bulla.event.Telemetry;
import dev.bulla.http.StrictJson;
import dev.bulla.integrations.micrometer.BullaMetrics;
import dev.bulla.integrations.springboot.BullaActuatorAutoConfiguration;
import dev.bulla.integrations.springboot.BullaAutoConfiguration;
import dev.bulla.integrations.springboot.BullaCustomizer;
import dev.bulla.integrations.springboot.BullaEndpoint;
import dev.bulla.integrations.springboot.BullaMetricsAutoConfiguration;
import dev.bulla.integrations.springboot.BullaProperties;
import dev.bulla.integrations.springboot.BullaSecurityAutoConfiguration;
import dev.bulla.integrations.springboot.BullaSweep;
import dev.bulla.integrations.springboot.BullaWebAutoConfiguration;
import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.key.HostKeyring;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.providers.github.GitHub;
import dev.bulla.store.Store;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.web.Caller;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.HandlerMapping;

/** What the starter makes of properties and beans, and what it says where something is missing. */
class AutoConfigurationTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            BullaAutoConfiguration.class,
            BullaWebAutoConfiguration.class,
            BullaSecurityAutoConfiguration.class,
            BullaMetricsAutoConfiguration.class,
            BullaActuatorAutoConfiguration.class);

    private final ApplicationContextRunner bare = new ApplicationContextRunner().withConfiguration(ALL);
    private final ApplicationContextRunner usual = bare.withBean(DataSource.class, AutoConfigurationTest::memory)
            .withBean("github", Provider.class, GitHub::create)
            .withPropertyValues("bulla.base-uri=https://app.example.com/bulla", "bulla.initialize-schema=embedded");
    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(ALL)
            .withBean(DataSource.class, AutoConfigurationTest::memory)
            .withPropertyValues("bulla.base-uri=https://app.example.com/bulla", "bulla.initialize-schema=embedded");

    private static DataSource memory() {
        return h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static JdbcDataSource h2(String where) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + where);
        return source;
    }

    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, SpringFactoriesLoader.ArgumentResolver.none(), (type, name, e) -> {})
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody explains", failure));
    }

    @Test
    void everyPropertyIsDescribedForEditors() throws IOException {
        Map<String, String> described = new TreeMap<>();
        Enumeration<URL> files =
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        while (files.hasMoreElements()) {
            try (InputStream in = files.nextElement().openStream()) {
                StrictJson.document(in.readAllBytes())
                        .objects("properties")
                        .forEach(one -> described.put(
                                one.text("name").orElseThrow(),
                                one.text("description").orElse("")));
            }
        }
        assertThat(described)
                .containsKeys("bulla.base-uri", "bulla.host-keys", "bulla.initialize-schema", "bulla.apps");
        described.forEach((name, text) -> {
            if (name.startsWith("bulla.")) {
                assertThat(text).as(name).isNotEmpty();
            }
        });
        List<String> written = new ArrayList<>();
        names("bulla", BullaProperties.class, written);
        assertThat(described.keySet()).containsAll(written);
    }

    /** As they are written in a file of properties. */
    private static void names(String prefix, Class<?> type, List<String> into) {
        for (RecordComponent part : type.getRecordComponents()) {
            String name =
                    prefix + "." + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (part.getType().isRecord()) {
                names(name, part.getType(), into);
            } else {
                into.add(name);
            }
        }
    }

    @Test
    void waysForServicesAreOpenWhereThereIsAnythingToOpen() {
        String open = "bullaOpenToServices";
        WebApplicationContextRunner host =
                web.withBean(Callers.class, () -> login -> new Caller("acme", login.getName(), false));
        host.run(context -> assertThat(context).doesNotHaveBean(open));
        WebApplicationContextRunner secured = host.withBean(
                "own",
                SecurityFilterChain.class,
                () -> new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, List.of()));
        secured.run(context -> assertThat(context).hasBean(open));
        secured.withPropertyValues("bulla.web.open-to-services=false")
                .run(context -> assertThat(context).doesNotHaveBean(open));
    }

    @Test
    void aDataSourceAndAnAddressAreEnough() {
        usual.run(context -> {
            Bulla bulla = context.getBean(Bulla.class);
            assertThat(bulla.tenant("acme")
                            .connections()
                            .create("github", GitHub.ID)
                            .redirectUri())
                    .hasToString("https://app.example.com/bulla/callback/"
                            + bulla.tenant("acme").connections().get("github").id());
            assertThat(bulla.fallbackPage()).hasToString("https://app.example.com/bulla/");
            assertThat(context.getBean(BullaSweep.class).isRunning()).isTrue();
            assertThat(context).doesNotHaveBean(WebHandler.class);
        });
    }

    @Test
    void nothingStartsWithoutADataSourceOrWhereItIsSwitchedOff() {
        bare.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Bulla.class));
        usual.withPropertyValues("bulla.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Bulla.class));
    }

    @Test
    void beansOfTheHostComeFirst() {
        Store store = InMemoryStore.create();
        HostKeyring ring = HostKeyring.ephemeral();
        usual.withBean("own", Store.class, () -> store)
                .withBean(HostKeyring.class, () -> ring)
                .run(context -> {
                    assertThat(context.getBean(Store.class)).isSameAs(store);
                    assertThat(context.getBean(HostKeyring.class)).isSameAs(ring);
                });
    }

    @Test
    void anAddressIsAskedFor() {
        bare.withBean(DataSource.class, AutoConfigurationTest::memory)
                .withPropertyValues("bulla.initialize-schema=always")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("bulla.base-uri=https://app.example.com/bulla"));
        usual.withPropertyValues("bulla.base-uri=http://app.example.com/bulla")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("baseUri is https"));
    }

    @Test
    void tablesAreMadeOnlyWhenTheHostSaysSo(@TempDir Path directory) {
        String[] keys = {"bulla.host-keys=" + directory.resolve("keys"), "bulla.create-host-keys=true"};
        JdbcDataSource file = h2("file:" + directory.resolve("db"));
        ApplicationContextRunner onDisk = bare.withBean(DataSource.class, () -> file)
                .withPropertyValues("bulla.base-uri=https://app.example.com/bulla")
                .withPropertyValues(keys);
        onDisk.run(context -> assertThat(analysis(context.getStartupFailure())).satisfies(said -> {
            assertThat(said.getDescription()).contains("META-INF/bulla/db/h2/");
            assertThat(said.getAction()).contains("bulla.initialize-schema=always");
        }));
        onDisk.withPropertyValues("bulla.initialize-schema=embedded")
                .run(context -> assertThat(context).hasFailed());
        onDisk.withPropertyValues("bulla.initialize-schema=always", "bulla.table-prefix=seals_")
                .run(context -> assertThat(context).hasNotFailed());
        onDisk.withPropertyValues("bulla.table-prefix=seals_")
                .run(context -> assertThat(context).hasNotFailed());
        onDisk.withPropertyValues("bulla.table-prefix=seals_", "bulla.environment=other")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("bulla.environment"));
    }

    @Test
    void keysAreNeverMadeUpForADatabaseThatStays(@TempDir Path directory) throws Exception {
        JdbcDataSource file = h2("file:" + directory.resolve("db"));
        SchemaInstaller.install(file);
        ApplicationContextRunner onDisk = bare.withBean(DataSource.class, () -> file)
                .withPropertyValues("bulla.base-uri=https://app.example.com/bulla");
        onDisk.run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                .contains("bulla.host-keys=", "bulla.create-host-keys=true"));
        Path keys = directory.resolve("keys");
        ApplicationContextRunner named = onDisk.withPropertyValues("bulla.host-keys=" + keys);
        named.run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                .contains("does not exist"));
        named.withPropertyValues("bulla.create-host-keys=true")
                .run(context -> assertThat(context).hasNotFailed());
        byte[] made = Files.readAllBytes(keys);
        named.withPropertyValues("bulla.create-host-keys=true")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(Files.readAllBytes(keys)).isEqualTo(made);
        Files.delete(keys);
        named.withPropertyValues("bulla.create-host-keys=true")
                .run(context -> assertThat(context)
                        .as("other keys than those that the database knows")
                        .hasFailed());
    }

    @Test
    void providersComeFromBeansAndFromTheCatalogue() {
        usual.withPropertyValues(
                        "bulla.providers=github,slack,linear",
                        "bulla.apps.slack.client-id=app",
                        "bulla.apps.slack.client-secret=hush-hush")
                .run(context -> {
                    var owner = context.getBean(Bulla.class).tenant("acme").connections();
                    assertThat(owner.providers())
                            .extracting(Provider::id)
                            .containsExactlyInAnyOrder("github", "slack", "linear");
                    assertThat(owner.create("slack", "slack").mode()).isEqualTo(Mode.MANAGED_APP);
                });
        usual.withPropertyValues("bulla.providers=gihub")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("github", "slack"));
        usual.withPropertyValues("bulla.apps.slack.client-id=app")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("bulla.apps.slack"));
        usual.withPropertyValues("bulla.apps.github.client-id=app")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("bulla.apps.github.client-secret"));
    }

    @Test
    void sweepsEndBeforeTheApplication() {
        BullaSweep[] seen = new BullaSweep[1];
        usual.withPropertyValues("bulla.sweep.every=50ms").run(context -> {
            seen[0] = context.getBean(BullaSweep.class);
            assertThat(seen[0].progress()).isPresent();
        });
        assertThat(seen[0].isRunning()).isFalse();
        usual.withPropertyValues("bulla.sweep.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BullaSweep.class));
        usual.withPropertyValues("bulla.sweep.at-once=0")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void listenersAndCustomizersAreAsked() {
        LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();
        usual.withBean("audit", BullaListener.class, () -> told::add)
                .withBean(BullaCustomizer.class, () -> builder -> builder.listener(event -> told.add("customized")))
                .run(context -> {
                    context.getBean(Bulla.class).tenant("acme").connections().create("github", GitHub.ID);
                    assertThat(told.poll(30, TimeUnit.SECONDS)).isNotNull();
                    assertThat(told.poll(30, TimeUnit.SECONDS)).isNotNull();
                });
    }

    @Test
    void metricsAreThereWhereARegistryIs() {
        usual.run(context -> assertThat(context).doesNotHaveBean(Telemetry.class));
        usual.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            assertThat(context).hasSingleBean(BullaMetrics.class);
            context.getBean(Bulla.class).maintenance().refreshDue(1);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("bulla.sweep.rounds")
                            .timer()
                            .count())
                    .isPositive();
        });
    }

    @Test
    void theEndpointShowsNumbersAndNoKeys() {
        usual.run(context -> {
            Map<String, Object> shown = context.getBean(BullaEndpoint.class).read();
            assertThat(shown).containsEntry("environment", "default").containsEntry("hostKeys", Map.of("1", "ACTIVE"));
            assertThat(shown).containsKey("sweep");
        });
    }

    @Test
    void whoIsCallingIsAskedFor() {
        web.run(context ->
                assertThat(analysis(context.getStartupFailure()).getAction()).contains("Callers callers()"));
        web.withPropertyValues("bulla.web.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebHandler.class));
        Callers callers = login -> new Caller("acme", login.getName(), false);
        web.withBean(Callers.class, () -> callers)
                .run(context -> assertThat(context).hasSingleBean(WebHost.class).hasBean("bullaMapping"));
        web.withBean(Callers.class, () -> callers)
                .withPropertyValues("bulla.base-uri=https://app.example.com")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("https://app.example.com/bulla"));
    }

    @Test
    void withoutSpringSecurityTheHostBringsItsOwn() {
        WebApplicationContextRunner insecure = web.withClassLoader(
                new org.springframework.boot.test.context.FilteredClassLoader("org.springframework.security"));
        insecure.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HandlerMapping.class));
    }
}
