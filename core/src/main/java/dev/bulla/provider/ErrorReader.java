package dev.bulla.provider;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what an answer means where the service differs from RFC 6749 section 5.2; null leaves it to the standard. */
@FunctionalInterface
public interface ErrorReader {
    /** @param answer of an error page in HTML only its {@code title} is there */
    @Nullable
    Failure read(int status, Json answer);

    /** For a service that names its failures in {@code error}, as the standard does, but in words of its own. */
    static ErrorReader byCode(Map<String, ProviderException.Kind> kinds) {
        return byCode(answer -> answer.text("error"), kinds);
    }

    /** The same for a service that names its failures elsewhere in the answer. */
    static ErrorReader byCode(Function<Json, Optional<String>> where, Map<String, ProviderException.Kind> kinds) {
        Map<String, ProviderException.Kind> known = Map.copyOf(kinds);
        return (status, answer) -> {
            String code = where.apply(answer).orElse("");
            ProviderException.Kind kind = known.get(code);
            return kind == null ? null : new Failure(kind, code);
        };
    }

    /** A classified failure. {@code error} is a code known to the provider class, never free text of the answer. */
    record Failure(ProviderException.Kind kind, String error) {
        /** There is none: the answer is a success, though it has a field {@code error}. */
        public static final Failure NONE = new Failure(ProviderException.Kind.OUTCOME_UNKNOWN, "none");
    }
}
