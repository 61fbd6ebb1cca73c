package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of RFC 6749 section 5.1. Tokens are strict, since they end up in headers: visible ASCII without blanks, at most
 * 16 KiB, and an empty refresh token is an error. The rest is kind: {@code token_type} is not judged, a lifetime that is no whole
 * number (or its digits) of 1 second to 10 years is unknown, scopes are split at blanks and commas and may come as an array.
 */
final class TokenFields {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final Pattern SCOPE = Pattern.compile("[!-~]{1,1024}");
    private static final BigDecimal TEN_YEARS =
            BigDecimal.valueOf(Duration.ofDays(3653).toSeconds());

    private final OAuth2Spec spec;
    private final Instant sent;
    private final Pattern separators;

    /** @param sent lifetimes count from here */
    TokenFields(OAuth2Spec spec, Instant sent) {
        this.spec = spec;
        this.sent = sent;
        this.separators = Pattern.compile("[\\s,]+|(?:" + Pattern.quote(spec.scopeSeparator()) + ")+");
    }

    /** @throws BullaException {@code ANSWER_REFUSED} where there is no token that can be used */
    TokenSet read(Json json) {
        return new TokenSet(
                token(json, "access_token").orElseThrow(TokenFields::refused),
                token(json, "refresh_token").orElse(null),
                end(json, "expires_in", spec.accessLifetime()),
                end(
                        json,
                        json.has("refresh_token_expires_in") ? "refresh_token_expires_in" : "refresh_expires_in",
                        spec.refreshLifetime()),
                scopes(json),
                kept(json));
    }

    private static Optional<Secret> token(Json json, String name) {
        if (!json.has(name)) {
            return Optional.empty();
        }
        return Optional.of(json.text(name)
                .filter(text -> TOKEN.matcher(text).matches())
                .map(Secret::of)
                .orElseThrow(TokenFields::refused));
    }

    private @Nullable Instant end(Json json, String name, @Nullable Duration silent) {
        Duration lifetime = json.id(name)
                .filter(digits -> digits.length() <= 24 && digits.matches("[0-9]+(\\.0+)?"))
                .map(BigDecimal::new)
                .filter(seconds -> seconds.signum() > 0 && seconds.compareTo(TEN_YEARS) <= 0)
                .map(seconds -> Duration.ofSeconds(seconds.longValue()))
                .orElse(silent);
        return lifetime == null ? null : sent.plus(lifetime);
    }

    /** Null where the answer names none; an empty text means that nothing was granted, and widens nothing. */
    private @Nullable List<String> scopes(Json json) {
        List<String> raw = new ArrayList<>();
        Optional<String> text = json.text(spec.grantedIn()).or(() -> json.text("scope"));
        if (text.isPresent()) {
            raw.addAll(List.of(separators.split(text.get().strip())));
        } else {
            Optional<List<?>> list = json.list(spec.grantedIn()).or(() -> json.list("scope"));
            if (list.isEmpty() || !list.get().stream().allMatch(String.class::isInstance)) {
                return null;
            }
            list.get().forEach(one -> raw.add((String) one));
        }
        return raw.stream()
                .filter(one -> SCOPE.matcher(one).matches())
                .distinct()
                .toList();
    }

    /** A kept field is named as it stands at the top of the answer, or by its path with dots. */
    private Map<String, String> kept(Json json) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : spec.keep()) {
            json.id(name)
                    .or(() -> json.id(name.split("\\.")))
                    .or(() -> json.flag(name).map(String::valueOf))
                    .ifPresent(value -> kept.put(name, value));
        }
        return kept;
    }

    private static BullaException refused() {
        return new BullaException(ErrorCode.ANSWER_REFUSED, "the answer has no usable token");
    }
}
