package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void textIsEscapedInTextAndAttributes() {
        assertThat(Html.of("<p title=\"%s\">%s</p>", "\" onclick='x' <b>", "<script>&\"'")
                        .toString())
                .isEqualTo("<p title=\"&quot; onclick=&#39;x&#39; &lt;b&gt;\">&lt;script&gt;&amp;&quot;&#39;</p>");
    }

    @Test
    void markupGoesInAsItIs() {
        Html item = Html.of("<li>%s</li>", "a & b");
        assertThat(Html.of("<ul>%s</ul>", List.of(item, item)).toString())
                .isEqualTo("<ul><li>a &amp; b</li><li>a &amp; b</li></ul>");
        assertThat(Html.of("<input%s>", Html.of(" checked")).toString()).isEqualTo("<input checked>");
    }

    @Test
    void addressesAreOfTheWebOrOfThisHost() {
        for (String bad : List.of(
                "javascript:alert(1)",
                " javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "//evil.example/",
                "/\\evil.example/",
                "https://a b/",
                "vbscript:x",
                "java\nscript:x")) {
            assertThat(Html.of("<a href=\"%s\">x</a>", bad).toString()).isEqualTo("<a href=\"#\">x</a>");
        }
        assertThat(Html.of("<form method=\"post\" action=\"%s\">", "/a?b=c&d").toString())
                .isEqualTo("<form method=\"post\" action=\"/a?b=c&amp;d\">");
        assertThat(Html.of("<a class=\"x\" href=\"%s\">", URI.create("https://a.example/?b"))
                        .toString())
                .isEqualTo("<a class=\"x\" href=\"https://a.example/?b\">");
    }

    @Test
    void textDoesNotStandBareInATag() {
        assertThatIllegalArgumentException().isThrownBy(() -> Html.of("<input %s>", "onfocus=alert(1)"));
        assertThatIllegalArgumentException().isThrownBy(() -> Html.of("<input value=\"%s\">", Html.of("\"")));
        assertThatIllegalArgumentException().isThrownBy(() -> Html.of("<p>%s</p>"));
    }

    @Test
    void charactersThatTurnWhatFollowsAreReplaced() {
        assertThat(Html.of("%s", "a\u202Eb\u0000c\u2066d").toString()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
    }
}
