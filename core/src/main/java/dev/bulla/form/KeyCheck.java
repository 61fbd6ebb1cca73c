package dev.bulla.form;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Credential;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service one question with a key, which changes nothing there, and reads from the answer whether the key works and whose it is.
 * An answer of success is a yes; 401 says that the key is dead; anything else leaves the key unverified, unless the service is known to
 * mean something else. An answer that is an array is found under the empty name. Where the service does not say whose key it is, all keys are those of one subject, {@code unnamed}. Closed data and
 * a few lambdas that each read one message. Immutable and thread-safe.
 */
public final class KeyCheck implements KeyForm.Verifier {
    private static final Identity UNNAMED = Identity.of("unnamed", "");

    private final ApiAccess api;
    private final String field;
    private final String target;
    private final @Nullable String body;
    private Predicate<Json> yes = answer -> true;
    private BiPredicate<Integer, Json> alive = (status, answer) -> false;
    private String success = "2xx";
    private @Nullable String further;
    private @Nullable String choosing;
    private String chosen = "";
    private @Nullable String nameHeader;
    private ErrorReader errors = (status, answer) -> status == 401 ? new Failure(Kind.TERMINAL, "key_refused") : null;
    private @Nullable BiFunction<Map<String, Secret>, Json, @Nullable Identity> identity;
    private List<String> identityPaths = List.of();
    private Function<Json, List<String>> scopes = answer -> List.of();
    private @Nullable String scopesHeader;

    private KeyCheck(ApiAccess api, String field, String target, @Nullable String body) {
        this.api = api;
        this.field = field;
        this.target = target;
        this.body = body;
    }

    private KeyCheck(KeyCheck from) {
        this(from.api, from.field, from.target, from.body);
        yes = from.yes;
        alive = from.alive;
        further = from.further;
        choosing = from.choosing;
        chosen = from.chosen;
        nameHeader = from.nameHeader;
        success = from.success;
        errors = from.errors;
        identity = from.identity;
        identityPaths = from.identityPaths;
        scopes = from.scopes;
        scopesHeader = from.scopesHeader;
    }

    /**
     * A GET with the key attached as in every other call.
     *
     * @param field name of the secret field
     * @param target path below the API's address, with query
     */
    public static KeyCheck get(ApiAccess api, String field, String target) {
        return new KeyCheck(api, field, target, null);
    }

    /**
     * The same as a POST, for a service that is asked by a body, such as a query of GraphQL.
     *
     * @param json the body
     */
    public static KeyCheck post(ApiAccess api, String field, String target, String json) {
        return new KeyCheck(api, field, target, json);
    }

    /** For a service that answers with success whatever the key: only this is a yes. */
    public KeyCheck yes(String inWords, Predicate<Json> value) {
        KeyCheck copy = new KeyCheck(this);
        copy.success = "2xx and " + inWords;
        copy.yes = value;
        return copy;
    }

    /** For a service that refuses this question to good keys too, in words that it says to no others: these are a yes as well. */
    public KeyCheck orYes(String inWords, BiPredicate<Integer, Json> value) {
        KeyCheck copy = new KeyCheck(this);
        copy.success += ", or " + inWords;
        copy.alive = value;
        return copy;
    }

    /** For a service whose routes hang on how it was set up: asked where the first one is not found by anybody who answers in JSON. */
    public KeyCheck orAt(String value) {
        KeyCheck copy = new KeyCheck(this);
        copy.further = value;
        return copy;
    }

    /**
     * For a service that keeps its keys in several places: asked here instead, where the member filled this field in.
     *
     * @param value the target, in which <code>{field}</code> stands for what was filled in
     */
    public KeyCheck atFilled(String field, String value) {
        KeyCheck copy = new KeyCheck(this);
        copy.choosing = field;
        copy.chosen = value;
        return copy;
    }

    private String target(Map<String, Secret> values) {
        Secret filled = choosing == null ? null : values.get(choosing);
        if (filled == null) {
            return target;
        }
        return chosen.replace("{" + choosing + "}", URLEncoder.encode(filled.reveal(), StandardCharsets.UTF_8));
    }

    /** A header of the answer with a name to show, for a service that says no more about whose key it is. */
    public KeyCheck namedBy(String header) {
        KeyCheck copy = new KeyCheck(this);
        copy.nameHeader = header;
        return copy;
    }

    /**
     * Says what answers mean, also those of success. {@code TERMINAL}: the service refuses the key itself. {@code TRANSIENT}: nobody knows
     * yet. {@code MISCONFIGURED}, and null where the answer is no success: the key may be good, and stays unverified.
     */
    public KeyCheck errors(ErrorReader value) {
        KeyCheck copy = new KeyCheck(this);
        copy.errors = value;
        return copy;
    }

    /** Whose key it is, out of a yes: the stable id at a path with dots, and a name to show at the first path that leads somewhere. */
    public KeyCheck identity(String subject, String... names) {
        KeyCheck copy = identity((values, answer) -> text(answer, subject)
                .map(id -> Identity.of(
                        id,
                        List.of(names).stream()
                                .flatMap(name -> text(answer, name).stream())
                                .findFirst()
                                .orElse(id)))
                .orElse(null));
        copy.identityPaths = Stream.concat(Stream.of(subject), Stream.of(names)).toList();
        return copy;
    }

    /** The same by hand; also asked where the answer was no yes, since a reconnect compares identities. Null: not to be seen. */
    public KeyCheck identity(BiFunction<Map<String, Secret>, Json, @Nullable Identity> value) {
        KeyCheck copy = new KeyCheck(this);
        copy.identity = value;
        copy.identityPaths = List.of();
        return copy;
    }

    /** Rights of the key, where the answer names them. */
    public KeyCheck scopes(Function<Json, List<String>> value) {
        KeyCheck copy = new KeyCheck(this);
        copy.scopes = value;
        return copy;
    }

    /** A header of the answer that names rights of the key, with commas or blanks between them. */
    public KeyCheck scopesIn(String header) {
        KeyCheck copy = new KeyCheck(this);
        copy.scopesHeader = header;
        return copy;
    }

    private List<String> scopes(Json json, HttpAnswer answer) {
        if (scopesHeader == null) {
            return scopes.apply(json);
        }
        return Stream.of(answer.header(scopesHeader).orElse("").split("[\\s,]+"))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    @Override
    public Optional<String> url() {
        Attachment where = api.attachment();
        String key = where.place() == Attachment.Place.PATH ? "/" + where.name() + "{" + field + "}" : "";
        return Optional.of(api.base() + key + target);
    }

    @Override
    public String method() {
        return body == null ? "GET" : "POST";
    }

    @Override
    public String success() {
        return success;
    }

    @Override
    public List<String> identity() {
        return identityPaths;
    }

    /** {@code TRANSIENT} where the service is busy or out of order, {@code OUTCOME_UNKNOWN} for a yes that says nothing. */
    @Override
    public Verification verify(Map<String, Secret> values, ProviderCall call) {
        Secret key = values.get(field);
        if (key == null) {
            throw new IllegalArgumentException("the form has no " + field);
        }
        Map<String, String> instance = new LinkedHashMap<>(call.app().instance());
        for (String part : api.base().parts()) {
            Optional.ofNullable(values.get(part)).ifPresent(value -> instance.put(part, value.reveal()));
        }
        Credential credential = new Credential(key, values, call.clock().instant());
        HttpAnswer answer = ask(target(values), instance, credential, call);
        if (further != null && answer.status() == 404 && !isJson(answer)) {
            answer = ask(further, instance, credential, call);
        }
        int status = answer.status();
        boolean good = status / 100 == 2;
        Json json = json(answer, good);
        boolean proven = alive.test(status, json);
        Failure known = proven ? null : errors.read(status, json);
        if (known == null && !proven && (status == 429 || status >= 500)) {
            known = new Failure(Kind.TRANSIENT, "http_" + status);
        }
        if (known != null && known.kind() != Kind.MISCONFIGURED) {
            String told = known.kind() == Kind.TERMINAL ? "the service refuses the key" : "the key was not checked";
            throw failure(known.kind(), known.error(), status, told + ": " + status);
        }
        boolean verified = proven || (good && known == null && yes.test(json));
        return new Verification(
                verified, whose(values, json, answer, good && verified), verified ? scopes(json, answer) : List.of());
    }

    private HttpAnswer ask(String path, Map<String, String> instance, Credential credential, ProviderCall call) {
        URI where = URI.create(api.base().expand(instance) + path);
        HttpCall question = body == null
                ? HttpCall.of(Purpose.API, "GET", where, null)
                : HttpCall.of(Purpose.API, "POST", where, body.getBytes(StandardCharsets.UTF_8))
                        .header("Content-Type", "application/json");
        return call.http().send(api.prepare(question.header("Accept", "application/json"), credential));
    }

    private static boolean isJson(HttpAnswer answer) {
        try {
            StrictJson.document(answer);
            return true;
        } catch (BullaException e) {
            return false;
        }
    }

    private static Json json(HttpAnswer answer, boolean good) {
        try {
            return StrictJson.documentOrArray(answer);
        } catch (BullaException e) {
            if (good) {
                throw failure(
                        Kind.OUTCOME_UNKNOWN,
                        "answer_refused",
                        answer.status(),
                        "the answer about the key is not JSON");
            }
            return new Json(Map.of());
        }
    }

    private Identity whose(Map<String, Secret> values, Json json, HttpAnswer answer, boolean told) {
        Identity whose = identity == null ? null : identity.apply(values, json);
        if (whose != null) {
            return whose;
        }
        if (told && identity != null) {
            throw failure(Kind.OUTCOME_UNKNOWN, "answer_refused", answer.status(), "the answer names no account");
        }
        return Optional.ofNullable(nameHeader)
                .flatMap(answer::header)
                .filter(name -> name.length() <= 255 && !name.isBlank())
                .map(name -> Identity.of(UNNAMED.subject(), name.strip()))
                .orElse(UNNAMED);
    }

    private static Optional<String> text(Json answer, String path) {
        return answer.id(path.split("\\.")).filter(text -> !text.isBlank());
    }

    private static ProviderException failure(Kind kind, String error, int status, String message) {
        return new ProviderException(kind, error, status, null, message);
    }
}
