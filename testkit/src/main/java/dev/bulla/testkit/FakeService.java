package dev.bulla.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.testkit.service.Access;
import dev.bulla.testkit.service.AuthorizationRequest;
import dev.bulla.testkit.service.Grant;
import dev.bulla.testkit.service.Journal;
import dev.bulla.testkit.service.Misfortunes;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.Reply;
import dev.bulla.testkit.service.User;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A service that stands in this process and speaks the dialect of one provider: its addresses, parameter names, lifetimes, rule of
 * rotation and shape of identity come from the provider's own data. Nothing goes over a network. Users exist as soon as they are
 * named, apps as soon as they ask, whatever they prove themselves with; {@link #service} changes that and everything else.
 * Thread-safe.
 *
 * <p>Beside the addresses that a provider's data names it answers what the provider's own code asks at the same hosts: a request with
 * {@code grant_type} is a token request, which may exchange a living access token; another request of purpose {@code TOKEN} that
 * holds a living token ends it; everything else is a call to the API.
 */
public final class FakeService implements ProviderHttp {
    /** What a person changes by hand: requests that match are answered so. */
    private record Route(Predicate<HttpCall> which, Function<HttpCall, HttpAnswer> answer) {}

    private final Provider provider;
    private final OAuthService service;
    private final Addresses addresses;
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    private volatile UnaryOperator<Map<String, Object>> shape = UnaryOperator.identity();
    private volatile Function<HttpCall, HttpAnswer> api = this::standardApi;

    private FakeService(Provider provider) {
        this.provider = provider;
        this.service = SpokenDialect.service(provider);
        this.addresses = Addresses.of(provider);
    }

    public static FakeService speaking(Provider provider) {
        return new FakeService(provider);
    }

    public Provider provider() {
        return provider;
    }

    /** The logic of the service: users, apps, lifetimes, rotation, ended grants. */
    public OAuthService service() {
        return service;
    }

    /** What goes wrong at the token endpoint. Lost and cut answers are thrown as the hardened client throws them. */
    public Misfortunes misfortunes() {
        return service.misfortunes();
    }

    /** What arrived, as the service understood it. */
    public Journal journal() {
        return service.journal();
    }

    /** Every request that arrived, secrets included, in order. */
    public List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    public List<Grant> grants(String user) {
        return service.grants(user);
    }

    /** The clock that all lifetimes follow; the system's where nothing else is said. */
    public FakeService clock(Clock clock) {
        service.clock(clock);
        return this;
    }

    /** Shapes each successful token answer, for a service that nests or renames its fields. */
    public FakeService answering(UnaryOperator<Map<String, Object>> tokenAnswer) {
        shape = tokenAnswer;
        return this;
    }

    /**
     * Answers calls to the API, and so also what a form's verifier asks. Without this a call with a living token, or with a key where
     * members connect by a form, is answered with an empty object, and any other with 401.
     */
    public FakeService api(Function<HttpCall, HttpAnswer> answers) {
        api = answers;
        return this;
    }

    /** Answers these requests so, before anything else is tried; what was said last is tried first. */
    public FakeService on(Predicate<HttpCall> which, Function<HttpCall, HttpAnswer> answer) {
        routes.add(0, new Route(which, answer));
        return this;
    }

    /** An answer with a JSON body. */
    public static HttpAnswer json(int status, String body) {
        return new HttpAnswer(
                status, Map.of("content-type", List.of("application/json")), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A member's browser at the service: the user agrees to everything that is asked for.
     *
     * @return the callback, with code and state
     * @throws IllegalArgumentException where the URL does not lead to this service
     * @throws dev.bulla.testkit.service.AuthorizationRefused where the service does not accept the request
     */
    public URI consent(URI authorizationUrl, String user) {
        AuthorizationRequest request = request(authorizationUrl, user);
        return service.approve(request, user, request.scopes());
    }

    /** Like {@link #consent}, but the user agrees to these scopes only. */
    public URI consentOnly(URI authorizationUrl, String user, String... scopes) {
        return service.approve(request(authorizationUrl, user), user, List.of(scopes));
    }

    /** Like {@link #consent}, but the user refuses. */
    public URI deny(URI authorizationUrl, String user) {
        return service.deny(request(authorizationUrl, user), "access_denied");
    }

    private AuthorizationRequest request(URI authorizationUrl, String user) {
        if (!addresses.authorize(authorizationUrl)) {
            throw new IllegalArgumentException(authorizationUrl.getHost() + authorizationUrl.getPath()
                    + " is not where " + provider.id() + " asks");
        }
        Map<String, String> parameters = Message.parameters(authorizationUrl);
        String clientId = provider.oauth2().map(OAuth2Spec::clientIdParameter).orElse("client_id");
        service.admit(parameters.getOrDefault(clientId, ""), parameters.getOrDefault("redirect_uri", ""));
        known(user);
        return service.authorization(parameters);
    }

    private void known(String user) {
        if (service.user(user).isEmpty()) {
            service.user(user, "", user);
        }
    }

    /** @throws IllegalStateException for an address that the provider does not name */
    @Override
    public HttpAnswer send(HttpCall call) {
        calls.add(call);
        for (Route route : routes) {
            if (route.which().test(call)) {
                return route.answer().apply(call);
            }
        }
        Message message = new Message(call);
        URI uri = call.uri();
        if (addresses.token(uri) || (addresses.ours(uri) && message.parameters().containsKey("grant_type"))) {
            return deliver(
                    service.token(message.parameters(), message.authorization()), answer -> shape.apply(named(answer)));
        }
        Optional<String> tokenParameter = addresses.revocation(uri);
        if (tokenParameter.isPresent()) {
            Map<String, String> parameters = message.parameters(tokenParameter.get(), "token");
            return deliver(service.revoke(parameters, message.authorization()), UnaryOperator.identity());
        }
        if (addresses.keys(uri)) {
            return json(200, JSONObjectUtils.toJSONString(service.jwks()));
        }
        if (!addresses.ours(uri)) {
            throw new IllegalStateException("the fake of " + provider.id() + " is not at " + call);
        }
        Optional<IdentityCall> identity = addresses.identity(uri);
        if (identity.isPresent()) {
            return identity(call, identity.get());
        }
        boolean ended = call.purpose() == HttpCall.Purpose.TOKEN
                && message.candidates().stream().anyMatch(service::end);
        return ended ? json(200, "{}") : api.apply(call);
    }

    /** The answer with whose account it is, at a service that says so there. */
    private Map<String, Object> named(Map<String, Object> answer) {
        Optional<AnswerIdentity> where = provider.oauth2().flatMap(OAuth2Spec::answerIdentity);
        if (answer.get("access_token") instanceof String token) {
            issued.add(token);
            SpokenDialect.address(answer, provider);
        }
        if (where.isPresent() && answer.get("access_token") instanceof String token) {
            service.access(token)
                    .flatMap(access -> service.user(access.user()))
                    .ifPresent(user -> SpokenDialect.name(answer, where.get(), user));
        }
        return answer;
    }

    boolean isAt(URI uri) {
        return addresses.ours(uri);
    }

    private HttpAnswer identity(HttpCall call, IdentityCall identity) {
        Optional<User> user = user(call);
        service.called(
                call.method(), call.uri().getPath(), user.map(User::name).orElse(""), user.isPresent() ? 200 : 401);
        return user.map(known ->
                        json(200, JSONObjectUtils.toJSONString(SpokenDialect.identity(provider, identity, known))))
                .orElseGet(() -> json(401, "{\"error\":\"invalid_token\"}"));
    }

    private HttpAnswer standardApi(HttpCall call) {
        Optional<User> user = user(call);
        boolean ended = new Message(call).candidates().stream().anyMatch(issued::contains);
        boolean welcome = user.isPresent() || (provider.form().isPresent() && !ended);
        service.called(call.method(), call.uri().getPath(), user.map(User::name).orElse(""), welcome ? 200 : 401);
        return welcome ? json(200, "{}") : json(401, "{\"error\":\"invalid_token\"}");
    }

    private Optional<User> user(HttpCall call) {
        return new Message(call)
                .candidates().stream()
                        .flatMap(candidate -> service.access(candidate).stream())
                        .map(Access::user)
                        .flatMap(name -> service.user(name).stream())
                        .findFirst();
    }

    private static HttpAnswer deliver(Reply reply, UnaryOperator<Map<String, Object>> shape) {
        if (!reply.delay().isZero()) {
            pause(reply);
        }
        if (reply.fate() != Reply.Fate.DELIVERED) {
            throw new ProviderException(
                    ProviderException.Kind.OUTCOME_UNKNOWN, "no_answer", 0, null, "the connection closed early");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
        Reply shaped = reply.status() == 200 ? reply.shaped(shape) : reply;
        return new HttpAnswer(reply.status(), headers, shaped.text().getBytes(StandardCharsets.UTF_8));
    }

    private static void pause(Reply reply) {
        try {
            Thread.sleep(reply.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
