package dev.bulla.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void partMayBeAWholeSegmentOfThePath() {
        UrlTemplate template = UrlTemplate.of("https://login.example.com/{tenant}/token");

        assertThat(template.parts()).containsExactly("tenant");
        assertThat(template.expand(Map.of("tenant", "north.example.org")))
                .hasToString("https://login.example.com/north.example.org/token");
        assertThat(template.fits("tenant", "common")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a..b", ".a", "a.", "a%2fb", "a?b", "a#b", "A", "a b", "a\\b", "-a"})
    void segmentIsMadeOfLabelsWithDotsBetween(String value) {
        UrlTemplate template = UrlTemplate.of("https://login.example.com/{tenant}/token");

        assertThat(template.fits("tenant", value)).isFalse();
        assertThatThrownBy(() -> template.expand(Map.of("tenant", value))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/v{shop}/token",
                "https://example.com/{shop}x",
                "https://example.com/a?b={shop}",
                "https://{shop}.example.com/{client_id}/{shop}"
            })
    void partIsNeitherPieceOfASegmentNorInHostAndPath(String text) {
        assertThatThrownBy(() -> UrlTemplate.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partWithItsDotMayBeLeftOut() {
        UrlTemplate template = UrlTemplate.of("https://{region.}api.example.com/v1");

        assertThat(template.parts()).containsExactly("region");
        assertThat(template.expand(Map.of())).hasToString("https://api.example.com/v1");
        assertThat(template.expand(Map.of("region", ""))).hasToString("https://api.example.com/v1");
        assertThat(template.expand(Map.of("region", "eu"))).hasToString("https://eu.api.example.com/v1");
        assertThatThrownBy(() -> template.expand(Map.of("region", "evil.example/")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wholeAddressMayBeOnePart() {
        UrlTemplate template = UrlTemplate.of("{site}/wp-json/wp/v2");

        assertThat(template.isOrigin()).isTrue();
        assertThat(template.parts()).containsExactly("site");
        assertThat(template.expand(Map.of("site", "https://blog.example.com:8443/news")))
                .hasToString("https://blog.example.com:8443/news/wp-json/wp/v2");
        assertThat(UrlTemplate.of("{site}").expand(Map.of("site", "https://example.com")))
                .hasToString("https://example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com/",
                "https://Example.com",
                "https://a@example.com",
                "https://example.com?x",
                "https://example.com#x",
                "https://example.com/../x",
                "https://example.com/a/./b",
                "https://example.com/%2e%2e/x",
                "https://example.com//x",
                "https://example.com\\@evil.example",
                "https://example.com:0",
                "https://example..com",
                "https://[::1]",
                "https://",
                "example.com",
                ""
            })
    void addressThatIsReadInMoreThanOneWayIsRefused(String site) {
        assertThat(UrlTemplate.isOrigin(site)).isFalse();
        assertThatThrownBy(() -> UrlTemplate.of("{site}/x").expand(Map.of("site", site)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{site}.example.com", "{site}{shop}/x", "{site}/{shop}", "{site}/../x", "{site", "{site}?x"})
    void behindAWholeAddressStandsAPlainPath(String text) {
        assertThatThrownBy(() -> UrlTemplate.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressThatIsLeftOutIsTheUsualOne() {
        UrlTemplate template = UrlTemplate.of("{apiBase}/v4").orElse("https://api.example.com");

        assertThat(template.expand(Map.of())).hasToString("https://api.example.com/v4");
        assertThat(template.expand(Map.of("apiBase", "https://own.example.org/api")))
                .hasToString("https://own.example.org/api/v4");
        assertThat(template).hasToString("https://api.example.com/v4");
        assertThatThrownBy(() -> UrlTemplate.of("https://{shop}.example.com").orElse("https://a.example.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UrlTemplate.of("{apiBase}").orElse("http://a.example.com"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
