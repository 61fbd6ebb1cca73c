package dev.bulla.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlTemplateTest {
    private static App app(String clientId) {
        return new App(clientId, null, URI.create("https://host.example.com/c"), Map.of("shop", "north"));
    }

    @Test
    void clientIdMayStandInAPath() {
        UrlTemplate template = UrlTemplate.of("https://{shop}.example.com/applications/{client_id}/token");

        assertThat(template.parts()).containsExactly("shop");
        assertThat(template.expand(app("Iv1.a b/..?#%")))
                .hasToString("https://north.example.com/applications/Iv1.a%20b%2F..%3F%23%25/token");
    }

    @Test
    void partsOfAnInstanceStandInTheHostOnly() {
        assertThatThrownBy(() -> UrlTemplate.of("https://example.com/{shop}/token"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UrlTemplate.of("https://{shop}.example.com/{client_id}/{shop}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
