package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.providers.all.Catalogue;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalkthroughTest {
    private static Document shown(String markdown) {
        return Jsoup.parseBodyFragment(
                Walkthrough.of(markdown, "Troubleshooting <x>").toString());
    }

    static Iterable<String> ids() {
        return Catalogue.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyWalkthroughOfTheCatalogueIsShownWhole(String id) {
        String text = Catalogue.provider(id).documentation().walkthrough().orElseThrow();
        Document page = shown(text);
        assertThat(page.select("h3").size()).isEqualTo((int)
                text.lines().filter(line -> line.startsWith("## ")).count());
        assertThat(page.select("h1, h2, img, script")).isEmpty();
        assertThat(page.select("a")).allMatch(link -> link.attr("href").startsWith("https://"));
        assertThat(page.select("div.scroll > table thead th[scope=col]").eachText())
                .containsExactly("What you see", "Why", "Who", "What to do");
        assertThat(page.body().text()).doesNotContain("](", "## ", "| --- |", "`");
    }

    @Test
    void nothingInTheTextBecomesMarkupOfItsOwn() {
        Document page = shown("""
                Read <script>alert(1)</script> and <b onclick=x>this</b>

                <iframe src="https://x.example"></iframe>

                `<i>` and ![picture](https://x.example/p.png)
                """);
        assertThat(page.select("script, b, iframe, i, img")).isEmpty();
        assertThat(page.text()).contains("<script>alert(1)</script>", "<iframe", "<i>");
    }

    @Test
    void linksLeadToPagesOverHttpsOnly() {
        Document page = shown("""
                [a](javascript:alert(1)) [b](http://x.example) [c](/here) [d](https://user@x.example/) [e](data:text/html,x)
                [good](https://good.example/a?b=1) and https://bare.example/path, and https://end.example.
                """);
        assertThat(page.select("a").eachAttr("href"))
                .containsExactly("https://good.example/a?b=1", "https://bare.example/path", "https://end.example");
        assertThat(page.text()).startsWith("a b c d e good and");
        for (Element link : page.select("a")) {
            assertThat(link.attr("target")).isEqualTo("_blank");
            assertThat(link.attr("rel")).isEqualTo("noopener noreferrer");
        }
    }
}
