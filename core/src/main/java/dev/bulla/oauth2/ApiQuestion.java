package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Credential;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Questions to a service's API that a provider itself asks with the tokens of an account, such as what there is to choose. Thread-safe.
 */
public final class ApiQuestion {
    private final ApiAccess api;
    private final Refusals refusals;

    private ApiQuestion(ApiAccess api, ErrorReader errors) {
        this.api = api;
        this.refusals = new Refusals(errors);
    }

    /** @param errors says first what an answer means, as for the token endpoint */
    public static ApiQuestion of(ApiAccess api, ErrorReader errors) {
        return new ApiQuestion(api, errors);
    }

    /**
     * The answer to a GET with the usual token.
     *
     * @param path behind the base of the API, maybe with a query; values in it are percent-encoded
     * @throws ProviderException {@code TERMINAL} where the token is refused, {@code TRANSIENT} where the service asks to come back,
     *     {@code MISCONFIGURED} for other refusals, {@code OUTCOME_UNKNOWN} for what is no JSON
     */
    public Json get(String path, Tokens tokens, ProviderCall call) {
        return get(path, Map.of(), tokens, call);
    }

    /** The objects of an array that is the whole answer to a GET; fails as {@link #get} does. */
    public List<Json> list(String path, Tokens tokens, ProviderCall call) {
        HttpCall question = HttpCall.of(Purpose.API, "GET", url(path, call), null);
        Json json = ask(question, Map.of(), tokens, call, StrictJson::documentOrArray);
        if (json.list("").isEmpty()) {
            throw noJson(200);
        }
        return json.objects("");
    }

    /**
     * The answer to a POST; fails as {@link #get} does.
     *
     * @param json the body
     * @param values what may stand in the API's headers
     */
    public Json post(String path, String json, Map<String, Secret> values, Tokens tokens, ProviderCall call) {
        HttpCall question = HttpCall.of(Purpose.API, "POST", url(path, call), json.getBytes(StandardCharsets.UTF_8));
        return ask(question.header("Content-Type", "application/json"), values, tokens, call);
    }

    /** The answer to a GET whose headers may have these values; fails as the other one does. */
    public Json get(String path, Map<String, Secret> values, Tokens tokens, ProviderCall call) {
        return ask(HttpCall.of(Purpose.API, "GET", url(path, call), null), values, tokens, call);
    }

    private URI url(String path, ProviderCall call) {
        return URI.create(api.base().expand(call.app().instance()) + path);
    }

    private Json ask(HttpCall question, Map<String, Secret> values, Tokens tokens, ProviderCall call) {
        return ask(question, values, tokens, call, StrictJson::document);
    }

    private Json ask(
            HttpCall question,
            Map<String, Secret> values,
            Tokens tokens,
            ProviderCall call,
            Function<HttpAnswer, Json> reader) {
        Credential credential =
                new Credential(tokens.main().accessToken(), values, call.clock().instant());
        HttpAnswer answer = call.http().send(api.prepare(question, credential));
        if (answer.status() / 100 != 2) {
            throw refusals.ofQuestion(answer, call.clock());
        }
        Json json;
        try {
            json = reader.apply(answer);
        } catch (BullaException e) {
            throw noJson(answer.status());
        }
        ProviderException refusal = refusals.underSuccess(answer, json, call.clock());
        if (refusal != null) {
            throw refusal;
        }
        return json;
    }

    private static ProviderException noJson(int status) {
        return new ProviderException(
                Kind.OUTCOME_UNKNOWN,
                "answer_refused",
                status,
                null,
                "the answer of the API is not the JSON that it should be");
    }
}
