package dev.bulla.providers.meta;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.provider.Attachment;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec.ErrorReader.Failure;
import dev.bulla.provider.ProviderException.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Meta's services share, by version {@value #VERSION} of the Graph API: a token travels as {@code access_token} in the query, and
 * failures are objects with a number, usually under status 400.
 *
 * <p>190 and 102 end a token, whatever their subcode says of the reason. Throttling is no 429 but a number too, and says nothing about the
 * token. Number 100 stands for any wrong parameter; two subcodes of it speak of a code that is used up.
 */
final class Graph {
    static final String VERSION = "v26.0";
    static final Attachment TOKEN = Attachment.query("access_token");

    private static final Set<String> DEAD = Set.of("190", "102");
    private static final Set<String> DEAD_CODES = Set.of("36007", "36009");
    /** Unknown, downtime, throttling of the app, the member, the Page or this call, a limit of the app, a block for a while. */
    private static final Set<String> PASSING = Set.of("1", "2", "4", "17", "32", "341", "368", "613");

    private Graph() {}

    static @Nullable Failure failure(int status, Json answer) {
        String code = answer.id("error", "code").orElse("");
        return code.matches("[0-9]{1,6}") ? new Failure(kind(code, answer), code) : null;
    }

    private static Kind kind(String code, Json answer) {
        boolean codeIsOver =
                answer.id("error", "error_subcode").filter(DEAD_CODES::contains).isPresent();
        if (DEAD.contains(code) || codeIsOver) {
            return TERMINAL;
        }
        // number 1 is also the answer to a wrong secret
        boolean secret = answer.text("error", "message").orElse("").contains("client secret");
        boolean useCaseLimit = code.matches("800[0-9]{2}");
        return !secret && (PASSING.contains(code) || useCaseLimit) ? TRANSIENT : MISCONFIGURED;
    }
}
