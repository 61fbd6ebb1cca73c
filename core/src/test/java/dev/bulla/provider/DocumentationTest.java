package dev.bulla.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void pagesKeepTheDayOnWhichTheyWereRead() {
        Documentation papers = Documentation.read("2026-11-20", "https://vendor.example/a", "https://vendor.example/b")
                .andRead("2026-11-21", "https://vendor.example/c")
                .unconfirmed("whether a dead key gets 401")
                .rateLimit("10 calls a second");

        assertThat(papers.sources())
                .extracting(source -> source.read() + " " + source.url())
                .containsExactly(
                        "2026-11-20 https://vendor.example/a",
                        "2026-11-20 https://vendor.example/b",
                        "2026-11-21 https://vendor.example/c");
        assertThat(papers.sources().get(2).read()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(papers.unconfirmed()).containsExactly("whether a dead key gets 401");
        assertThat(papers.rateLimit()).contains("10 calls a second");
        assertThat(papers.walkthrough()).isEmpty();
    }

    @Test
    void walkthroughIsReadWhenItIsAskedForAndMissedWhereItIsGone() {
        byte[] text = "# Register".getBytes(StandardCharsets.UTF_8);

        assertThat(Documentation.NONE
                        .walkthrough(() -> new ByteArrayInputStream(text))
                        .walkthrough())
                .contains("# Register");
        assertThatThrownBy(() -> Documentation.NONE.walkthrough(() -> null).walkthrough())
                .isInstanceOf(UncheckedIOException.class);
    }
}
