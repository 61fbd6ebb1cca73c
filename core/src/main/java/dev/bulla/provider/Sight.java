package dev.bulla.provider;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How something that went wrong shows itself. Immutable.
 *
 * @param kind where it shows
 * @param statuses of an answer; empty: whatever status is no success
 * @param words that stand in the answer, all of them: each as a word of its own, or as the value of a field where it reads
 *     {@code name=value}. Of the other kinds the one error code; empty: any. {@code form} stands for a value
 *     that is not of the form that it must have
 * @param headers of an answer, names in lower case
 */
public record Sight(Kind kind, List<Integer> statuses, List<String> words, Map<String, String> headers) {
    /** Where it shows. */
    public enum Kind {
        /** In an answer of the API. */
        ANSWER,
        /** In the error with which the service sends the member back, or in that there is nothing to choose. */
        CALLBACK,
        /** In the error with which connecting ends afterwards: mostly that of the token endpoint. */
        EXCHANGE,
        /** The service refuses what was filled into the form. */
        REFUSED,
        /** The service does not confirm what was filled into the form. */
        UNVERIFIED,
        /** The account must be connected again. */
        RECONNECT,
        /** Nowhere here: on a page of the service, or not at all. */
        UNSEEN
    }

    public Sight {
        statuses = List.copyOf(statuses);
        words = List.copyOf(words);
        headers = Map.copyOf(headers);
    }

    /** Whether it is this answer of the API that shows it. */
    public boolean isIn(HttpAnswer answer, String text) {
        boolean status = statuses.isEmpty() ? answer.status() / 100 != 2 : statuses.contains(answer.status());
        return kind == Kind.ANSWER
                && status
                && words.stream().allMatch(word -> says(text, word))
                && headers.entrySet().stream()
                        .allMatch(header -> answer.header(header.getKey())
                                .filter(header.getValue()::equals)
                                .isPresent());
    }

    /** Whether it shows in this way, under this code. */
    boolean is(Kind other, String code) {
        return kind == other && (words.isEmpty() || words.contains(code));
    }

    private static boolean says(String text, String word) {
        int equals = word.indexOf('=');
        String pattern = equals < 0
                ? "(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])"
                : "\"" + Pattern.quote(word.substring(0, equals)) + "\"\\s*:\\s*\"?"
                        + Pattern.quote(word.substring(equals + 1)) + "(?![\\w.-])";
        return Pattern.compile(pattern).matcher(text).find();
    }
}
