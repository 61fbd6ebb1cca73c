package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.Credential;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Identity;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the service whose account a token opens, as an {@link IdentityCall} says. */
final class IdentityReader {
    private final OAuth2Spec spec;
    private final IdentityCall identity;
    private final ClientRequest client;
    private final Refusals refusals;

    IdentityReader(OAuth2Spec spec, IdentityCall identity) {
        this.spec = spec;
        this.identity = identity;
        this.client = new ClientRequest(spec, spec.clientAuthentication(), Encoding.FORM);
        this.refusals = new Refusals(spec.errorReader());
    }

    /** Whether the answer speaks of the subject under the name that OpenID Connect gives it. */
    boolean isUserInfo() {
        return identity.subject().equals(List.of("sub"));
    }

    /** Whose account it is by what was kept of the token answer. */
    static Identity kept(AnswerIdentity where, TokenSet tokens) {
        Map<String, String> kept = tokens.extra();
        String subject = Optional.ofNullable(kept.get(where.subject()))
                .filter(text -> !text.isEmpty() && text.length() <= 255)
                .orElseThrow(IdentityReader::nobody);
        String name = where.names().stream()
                .flatMap(path -> Optional.ofNullable(kept.get(path)).stream())
                .map(IdentityReader::shown)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(subject);
        Map<String, String> attributes = new LinkedHashMap<>();
        where.attributes()
                .forEach((key, path) -> Optional.ofNullable(kept.get(path))
                        .map(IdentityReader::shown)
                        .ifPresent(text -> attributes.put(key, text)));
        return new Identity(subject, name, attributes);
    }

    private static ProviderException nobody() {
        return new ProviderException(Kind.OUTCOME_UNKNOWN, "answer_refused", 200, null, "the answer names no account");
    }

    Identity read(TokenSet tokens, ProviderCall call) {
        Json json = ask(tokens, call);
        String subject = subject(json);
        String name = identity.name().stream()
                .flatMap(path -> at(json, path).stream())
                .map(IdentityReader::shown)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(subject);
        Map<String, String> attributes = new LinkedHashMap<>();
        identity.attributes()
                .forEach((key, path) ->
                        at(json, path).map(IdentityReader::shown).ifPresent(text -> attributes.put(key, text)));
        return new Identity(subject, name, attributes);
    }

    private String subject(Json json) {
        Optional<String> id = at(json, identity.subject()).filter(text -> !text.isEmpty());
        Optional<String> whole = identity.within().isEmpty()
                ? id
                : id.flatMap(own -> at(json, identity.within()).map(outer -> outer + "." + own));
        return whole.filter(text -> text.length() <= 255).orElseThrow(IdentityReader::nobody);
    }

    private Json ask(TokenSet tokens, ProviderCall call) {
        HttpAnswer answer =
                call.http().send(identity.introspects() ? introspection(tokens, call) : question(tokens, call));
        if (answer.status() / 100 != 2) {
            throw refusals.ofQuestion(answer, call.clock());
        }
        Json json;
        try {
            json = StrictJson.document(answer);
        } catch (BullaException e) {
            throw new ProviderException(
                    Kind.OUTCOME_UNKNOWN,
                    "answer_refused",
                    answer.status(),
                    null,
                    "the answer about the account is not JSON");
        }
        ProviderException refusal = refusals.underSuccess(answer, json, call.clock());
        if (refusal != null) {
            throw refusal;
        }
        if (identity.introspects() && !json.flag("active").orElse(true)) {
            throw new ProviderException(
                    Kind.TERMINAL, "token_inactive", answer.status(), null, "the service does not know the token");
        }
        return spec.unwrapped(json);
    }

    private HttpCall question(TokenSet tokens, ProviderCall call) {
        URI url = identity.url().expand(call.app().instance());
        HttpCall request = Wire.headers(HttpCall.of(Purpose.TOKEN, identity.method(), url, body()), spec);
        if (identity.json() != null) {
            request = request.header("Content-Type", "application/json");
        }
        return identity.attachment()
                .attach(
                        request,
                        new Credential(
                                tokens.accessToken(), Map.of(), call.clock().instant()));
    }

    /** RFC 7662 section 2.1. */
    private HttpCall introspection(TokenSet tokens, ProviderCall call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("token", tokens.accessToken().reveal());
        parameters.put("token_type_hint", "access_token");
        return client.to("POST", identity.url().expand(call.app().instance()), parameters, call);
    }

    private byte @Nullable [] body() {
        String json = Objects.requireNonNullElse(identity.json(), "");
        return identity.method().equals("GET") ? null : json.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> at(Json json, List<String> path) {
        return json.id(path.toArray(String[]::new));
    }

    /** What people see is one line of bounded length. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() <= 255 ? line : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, 255)));
    }
}
