package dev.bulla.model;

import dev.bulla.error.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a harvest brought.
 *
 * @param seen how many of each kind the service listed in this run
 * @param failed kinds that could not be listed to their end, with the reason: {@code POLICY_DENIED}, {@code ANSWER_REFUSED} and others.
 *     What was known of them stays
 * @param next where to go on, or null where everything was asked for
 */
public record Harvested(
        Map<String, Integer> seen,
        Map<String, ErrorCode> failed,
        @Nullable String next) {
    public Harvested {
        seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }
}
