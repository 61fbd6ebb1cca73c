package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.squareup.moshi.JsonReader;
import dev.bulla.limit.ApiLimit;
import dev.bulla.limit.Rate;
import dev.bulla.provider.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import okio.Buffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CatalogueTest {
    @Test
    void everyProviderIsFoundByItsOwnId() {
        for (String id : Catalogue.ids()) {
            assertThat(Catalogue.provider(id).id()).isEqualTo(id);
        }
        assertThat(Catalogue.all()).extracting(Provider::id).containsExactlyElementsOf(Catalogue.ids());
        assertThat(Catalogue.providers("slack", "github"))
                .extracting(Provider::id)
                .containsExactly("slack", "github");
    }

    /** Where the vendor has one number for all calls; most count by endpoint, plan or points, or raise their limits for some. */
    @Test
    void limitsAreDeclaredWhereOneNumberSaysThem() {
        Map<String, ApiLimit> declared = new TreeMap<>();
        for (Provider provider : Catalogue.all()) {
            provider.limit().ifPresent(limit -> declared.put(provider.id(), limit));
        }
        assertThat(declared).isEqualTo(Map.of("lemlist", ApiLimit.perAccount(new Rate(40, Duration.ofMillis(100)))));
    }

    @Test
    void unknownIdIsRefused() {
        assertThatThrownBy(() -> Catalogue.provider("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }

    @TestFactory
    Stream<DynamicTest> descriptionHasAllThatReadersAskFor() {
        return Stream.of(Catalogue.all())
                .map(provider -> DynamicTest.dynamicTest(provider.id(), () -> {
                    Map<String, Object> facts = Catalogue.describe(provider);
                    assertThat(facts)
                            .containsKeys(
                                    "name",
                                    "kind",
                                    "modes",
                                    "authorizeUrl",
                                    "tokenUrl",
                                    "refresh",
                                    "revoke",
                                    "clientAuthentication",
                                    "requestEncoding",
                                    "pkce",
                                    "scope",
                                    "clientIdParameter",
                                    "authorizeParameters",
                                    "lifetimes",
                                    "rotation",
                                    "reuse",
                                    "identity",
                                    "apiHosts",
                                    "selection",
                                    "fields",
                                    "attach",
                                    "verify",
                                    "tools",
                                    "entities",
                                    "webhooks",
                                    "rateLimit",
                                    "sources",
                                    "unconfirmed");
                    assertThat(facts.get("refresh")).asInstanceOf(MAP).containsKeys("style", "url", "method");
                }));
    }

    @Test
    void printedIsOneJsonObjectAndNothingElse() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Catalogue.main();
        } finally {
            System.setOut(before);
        }
        JsonReader reader = JsonReader.of(new Buffer().write(printed.toByteArray()));
        Object read = reader.readJsonValue();

        assertThat(reader.peek()).isEqualTo(JsonReader.Token.END_DOCUMENT);
        assertThat(read).asInstanceOf(MAP).containsOnlyKeys((Object[])
                Catalogue.ids().toArray());
    }
}
