package dev.bulla.providers.google;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Credential;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Questions to Google's APIs, and what their errors mean. A question uses nothing up, so whatever fails may be asked again. */
final class GoogleApi {
    private static final List<String> REASONS_TO_WAIT = List.of("rateLimitExceeded", "userRateLimitExceeded");

    private GoogleApi() {}

    /**
     * Asks with an account's token.
     *
     * @param values what may stand in the API's headers
     * @throws ProviderException {@code TERMINAL} where the token is refused, {@code TRANSIENT} where the API is busy, {@code MISCONFIGURED}
     *     with the first reason that Google gives for any other refusal
     */
    static Json ask(ApiAccess api, HttpCall question, Map<String, Secret> values, Tokens tokens, ProviderCall call) {
        Credential credential =
                new Credential(tokens.main().accessToken(), values, call.clock().instant());
        HttpAnswer answer = call.http().send(api.prepare(question.header("Accept", "application/json"), credential));
        int status = answer.status();
        boolean good = status / 100 == 2;
        Json json;
        try {
            json = StrictJson.document(answer);
        } catch (BullaException e) {
            if (good) {
                throw new ProviderException(
                        Kind.OUTCOME_UNKNOWN, "answer_refused", status, null, "the answer of Google is not JSON");
            }
            json = new Json(Map.of());
        }
        if (good) {
            return json;
        }
        List<String> reasons = reasons(json);
        Kind kind = isBusy(status, reasons)
                ? Kind.TRANSIENT
                : status == 401 && !reasons.contains(AdsCustomers.NOT_ADS_USER) ? Kind.TERMINAL : Kind.MISCONFIGURED;
        String reason = reasons.isEmpty() ? "http_" + status : reasons.get(0);
        throw new ProviderException(kind, reason, status, null, "Google was asked: " + status);
    }

    /** The quota is answered with 403 too. */
    static boolean isBusy(int status, List<String> reasons) {
        return status == 429
                || status >= 500
                || (status == 403 && reasons.stream().anyMatch(REASONS_TO_WAIT::contains));
    }

    /** Codes beside the status, in Google's shapes of an error: plain words, never a text. */
    static List<String> reasons(Json answer) {
        Stream<Json> plain = Stream.of("errors", "details").flatMap(name -> answer.objects("error", name).stream());
        List<Json> all = plain.flatMap(one -> Stream.concat(Stream.of(one), one.objects("errors").stream()))
                .toList();
        Stream<String> named =
                all.stream().flatMap(one -> Stream.of("reason", "errorCode").flatMap(name -> one.text(name).stream()));
        Stream<String> typed = all.stream()
                .flatMap(one -> one.object("errorCode").stream())
                .flatMap(code -> code.names().stream().flatMap(name -> code.text(name).stream()));
        return Stream.concat(named, typed)
                .filter(code -> code.matches("[A-Za-z0-9_.-]{1,80}"))
                .toList();
    }
}
