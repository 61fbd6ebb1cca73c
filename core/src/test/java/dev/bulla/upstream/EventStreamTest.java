package dev.bulla.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStreamTest {
    @Test
    void eventsAreReadWithAnyEndOfLine() {
        assertThat(EventStream.messages(
                        "\uFEFF: hello\r\ndata: one\r\n\r\nevent: message\ndata:two\ndata:  three\n\nid: 7\rdata\r\r"))
                .containsExactly("one", "two\n three", "");
    }

    @Test
    void cutEventIsNone() {
        assertThat(EventStream.messages("data: whole\n\ndata: cut")).containsExactly("whole");
        assertThat(EventStream.messages("")).isEmpty();
    }
}
