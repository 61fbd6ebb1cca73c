package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a complete answer that is no success means for the credential that was sent. The provider's own reading comes first, then the
 * status where it alone decides (429, 503, other 5xx), then the error code (RFC 6749 section 5.2 and its relatives), then the status.
 *
 * <p>A refusal in words that nobody declared never ends an account: it is taken for a fault of the registration, which is tried again
 * later and deletes nothing. A provider that says "this grant is gone" in words of its own names them in its error reader.
 */
final class Refusals {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("invalid_grant", Kind.TERMINAL),
            Map.entry("invalid_token", Kind.TERMINAL),
            Map.entry("expired_token", Kind.TERMINAL),
            Map.entry("access_denied", Kind.TERMINAL),
            Map.entry("consent_required", Kind.TERMINAL),
            Map.entry("login_required", Kind.TERMINAL),
            Map.entry("interaction_required", Kind.TERMINAL),
            Map.entry("account_selection_required", Kind.TERMINAL),
            Map.entry("insufficient_user_authentication", Kind.TERMINAL),
            Map.entry("temporarily_unavailable", Kind.TRANSIENT),
            Map.entry("slow_down", Kind.TRANSIENT),
            Map.entry("authorization_pending", Kind.TRANSIENT),
            Map.entry("server_error", Kind.OUTCOME_UNKNOWN),
            Map.entry("invalid_client", Kind.MISCONFIGURED),
            Map.entry("unauthorized_client", Kind.MISCONFIGURED),
            Map.entry("unsupported_grant_type", Kind.MISCONFIGURED),
            Map.entry("unsupported_token_type", Kind.MISCONFIGURED),
            Map.entry("invalid_request", Kind.MISCONFIGURED),
            Map.entry("redirect_uri_mismatch", Kind.MISCONFIGURED),
            Map.entry("invalid_scope", Kind.MISCONFIGURED),
            Map.entry("insufficient_scope", Kind.MISCONFIGURED),
            Map.entry("invalid_target", Kind.MISCONFIGURED),
            Map.entry("use_dpop_nonce", Kind.MISCONFIGURED),
            Map.entry("invalid_dpop_proof", Kind.MISCONFIGURED));

    private static final int PAGE_HEAD = 4096;
    private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,200})</title>");

    private final ErrorReader reader;

    Refusals(ErrorReader reader) {
        this.reader = reader;
    }

    /** Null where the answer, which is a success by its status, does not speak of an error. */
    @Nullable
    ProviderException underSuccess(HttpAnswer answer, Json json, Clock clock) {
        ErrorReader.Failure declared = declared(answer.status(), json);
        if (declared != null) {
            return declared == ErrorReader.Failure.NONE
                    ? null
                    : failure(declared.kind(), declared.error(), answer, clock);
        }
        return speaksOfError(json) ? byCode(answer, json, clock) : null;
    }

    /** What the provider itself says of an answer whose status is no success, or null. */
    @Nullable
    ProviderException known(HttpAnswer answer, Clock clock) {
        ErrorReader.Failure declared = declared(answer.status(), lenient(answer));
        return declared == null || declared == ErrorReader.Failure.NONE
                ? null
                : failure(declared.kind(), declared.error(), answer, clock);
    }

    /** For an answer to a question whose status is no success: a question uses nothing up, so it can be asked again. */
    ProviderException ofQuestion(HttpAnswer answer, Clock clock) {
        ProviderException known = known(answer, clock);
        if (known != null) {
            return known;
        }
        int status = answer.status();
        Kind kind =
                status == 429 || status >= 500 ? Kind.TRANSIENT : status == 401 ? Kind.TERMINAL : Kind.MISCONFIGURED;
        return new ProviderException(
                kind, "http_" + status, status, RetryAfter.of(answer, clock), "the account was asked for: " + status);
    }

    /** For an answer whose status is no success. */
    ProviderException of(HttpAnswer answer, Clock clock) {
        Json json = lenient(answer);
        ProviderException declared = known(answer, clock);
        if (declared != null) {
            return declared;
        }
        int status = answer.status();
        if (status == 429 || status == 503) {
            return failure(Kind.TRANSIENT, code(json, status), answer, clock);
        }
        if (status >= 500) {
            return failure(Kind.OUTCOME_UNKNOWN, code(json, status), answer, clock);
        }
        return byCode(answer, json, clock);
    }

    private ErrorReader.@Nullable Failure declared(int status, Json json) {
        try {
            return reader.read(status, json);
        } catch (RuntimeException e) {
            return null; // a reader that stumbles over an odd answer leaves it to the standard
        }
    }

    private static ProviderException byCode(HttpAnswer answer, Json json, Clock clock) {
        String code = code(json, answer.status());
        Kind kind = KINDS.get(code);
        return failure(kind == null ? byStatus(answer.status()) : kind, code, answer, clock);
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 408, 421 -> Kind.OUTCOME_UNKNOWN; // said by something on the way: who knows what it had passed on
            case 425 -> Kind.TRANSIENT; // by definition not acted upon
            default -> Kind.MISCONFIGURED;
        };
    }

    /** A known code; else one of ours, because unknown text of the other side goes nowhere. */
    private static String code(Json json, int status) {
        String code = json.text("error").orElse("");
        if (KINDS.containsKey(code)) {
            return code;
        }
        return speaksOfError(json) ? "unrecognised_error" : "http_" + status;
    }

    private static boolean speaksOfError(Json json) {
        boolean empty = json.text("error").filter(String::isEmpty).isPresent()
                || json.flag("error").filter(error -> !error).isPresent();
        return json.has("error") && !empty;
    }

    private static Json lenient(HttpAnswer answer) {
        try {
            return StrictJson.tokenAnswer(answer);
        } catch (BullaException e) {
            return new Json(title(answer)); // an error page: its status decides, unless the provider knows its title
        }
    }

    private static Map<String, Object> title(HttpAnswer answer) {
        int length = Math.min(answer.body().length, PAGE_HEAD);
        Matcher title = TITLE.matcher(new String(answer.body(), 0, length, StandardCharsets.UTF_8));
        return title.find() ? Map.of("title", title.group(1).strip()) : Map.of();
    }

    private static ProviderException failure(Kind kind, String error, HttpAnswer answer, Clock clock) {
        return new ProviderException(
                kind,
                error,
                answer.status(),
                RetryAfter.of(answer, clock),
                "the service answered " + answer.status() + ": " + error);
    }
}
