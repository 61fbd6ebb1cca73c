package dev.bulla.testkit.service;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.0 and OpenID Connect service without HTTP. It decides; whoever stands in front of it carries requests and answers.
 * Thread-safe: one lock guards everything, and nothing waits under it. Settings may change at any time and hold for what is issued
 * from then on. It is test software: keep real people's data out of it.
 */
public final class OAuthService {
    private final ReentrantLock lock = new ReentrantLock();
    private final Settings settings = new Settings();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Journal journal = new Journal();
    private final Misfortunes misfortunes = new Misfortunes();
    private final Codes codes = new Codes(settings);
    private final Ledger ledger = new Ledger(settings);
    private final IdTokens idTokens = new IdTokens(settings);
    private final AuthorizationEndpoint authorization = new AuthorizationEndpoint(settings, clients);
    private final ClientAuthenticator authenticator = new ClientAuthenticator(settings, clients);
    private final TokenEndpoint tokens =
            new TokenEndpoint(settings, authenticator, codes, ledger, idTokens, users, journal);
    private volatile Runnable afterChange = () -> {};

    private <T> T guarded(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private OAuthService set(Runnable change) {
        return guarded(() -> {
            change.run();
            return this;
        });
    }

    private <T> T changing(Supplier<T> work) {
        T result = guarded(work);
        afterChange.run();
        return result;
    }

    /** The clock that all lifetimes follow. */
    public OAuthService clock(Clock clock) {
        return set(() -> settings.clock = clock);
    }

    public Clock clock() {
        return settings.clock;
    }

    public OAuthService issuer(String issuer) {
        return set(() -> settings.issuer = issuer);
    }

    public String issuer() {
        return guarded(() -> settings.issuer);
    }

    public OAuthService accessLifetime(Duration life) {
        return set(() -> settings.accessLifetime = life);
    }

    public OAuthService refreshLifetime(Duration life) {
        return set(() -> settings.refreshLifetime = life);
    }

    public OAuthService rotation(Rotation rotation) {
        return set(() -> settings.rotation = rotation);
    }

    /** A scope that apps may ask for, with what people read. Where none is named, any scope goes. */
    public OAuthService scope(String name, String description) {
        return set(() -> settings.scopes.put(name, description));
    }

    public Map<String, String> scopes() {
        return guarded(() -> new LinkedHashMap<>(settings.scopes));
    }

    /** Whether revoking one token ends everything that the user granted the app; otherwise its family alone. */
    public OAuthService revocationEndsGrant(boolean value) {
        return set(() -> settings.revocationEndsGrant = value);
    }

    /** What differs from the standard at one service. */
    public OAuthService dialect(Dialect dialect) {
        return set(() -> dialect.applyTo(settings));
    }

    public OAuthService user(String name, String password, String displayName) {
        return set(() -> {
            users.put(name, User.named(name, displayName));
            passwords.put(name, password);
        });
    }

    public Optional<User> user(String name) {
        return guarded(() -> Optional.ofNullable(users.get(name)));
    }

    public Optional<User> login(String name, String password) {
        return guarded(() -> Optional.ofNullable(users.get(name))
                .filter(user -> Hash.same(passwords.getOrDefault(name, ""), password)));
    }

    /** Registers an app, or registers it anew. Without a secret it is a public client. */
    public void client(String id, String name, @Nullable String secret, Collection<String> redirectUris) {
        register(new Client(id, name, secret == null ? null : Hash.of(secret), null, false, Set.copyOf(redirectUris)));
    }

    /** Registers an app that proves itself by {@code private_key_jwt}. @param keys its public JWK set */
    public void keyClient(String id, String name, String keys, Collection<String> redirectUris) {
        register(new Client(id, name, null, keys, false, Set.copyOf(redirectUris)));
    }

    /** Makes sure that an app may come back to this address; one that is not registered is, whatever it proves itself with. */
    public void admit(String id, String redirectUri) {
        changing(() -> clients.merge(
                id,
                new Client(id, id, null, null, true, Set.of(redirectUri)),
                (known, open) -> known.with(redirectUri)));
    }

    public boolean knowsClient(String id) {
        return guarded(() -> clients.containsKey(id));
    }

    private void register(Client client) {
        changing(() -> clients.put(client.id(), client));
    }

    /** Checks a request for authorization. @throws AuthorizationRefused where it is not acceptable */
    public AuthorizationRequest authorization(Map<String, String> parameters) {
        return guarded(() -> authorization.check(new Parameters(parameters)));
    }

    /** The user agrees to these of the requested scopes; with none left of some, that is a denial. */
    public URI approve(AuthorizationRequest request, String user, Collection<String> scopes) {
        List<String> granted =
                request.scopes().stream().filter(scopes::contains).toList();
        if (granted.isEmpty() && !request.scopes().isEmpty()) {
            return deny(request, "access_denied");
        }
        return guarded(() -> authorization.response(
                request.redirectUri(), "code", codes.issue(request, user, granted), request.state()));
    }

    public URI deny(AuthorizationRequest request, String error) {
        return guarded(() -> authorization.response(request.redirectUri(), "error", error, request.state()));
    }

    /** A token request, with the {@code Authorization} header if it had one. */
    public Reply token(Map<String, String> parameters, @Nullable String authorizationHeader) {
        return changing(() -> tokens.answer(new Parameters(parameters), authorizationHeader, misfortunes.take()));
    }

    /** A revocation request (RFC 7009). */
    public Reply revoke(Map<String, String> parameters, @Nullable String authorizationHeader) {
        return changing(() -> {
            Parameters given = new Parameters(parameters);
            try {
                Client client = authenticator.check(authenticator.claim(given, authorizationHeader), given);
                boolean ended = ledger.revoke(client.id(), given.require("token"), settings.revocationEndsGrant);
                journal.add(new Journal.Revocation(settings.now(), client.id(), ended));
                return Reply.json(200, Map.of());
            } catch (Refusal refusal) {
                return refusal.reply();
            }
        });
    }

    /** Ends what this token belongs to, whoever asks. @return whether it is a token that lived */
    public boolean end(String token) {
        return changing(() -> {
            boolean ended = ledger.revoke(null, token, settings.revocationEndsGrant);
            if (ended) {
                journal.add(new Journal.Revocation(settings.now(), "", true));
            }
            return ended;
        });
    }

    /** What this access token opens, if it lives. */
    public Optional<Access> access(String token) {
        return guarded(() -> ledger.access(token));
    }

    /** What users allow apps at the moment. */
    public List<Grant> grants(String user) {
        return guarded(() -> Grants.of(user, ledger.families(), clients, settings.now()));
    }

    /** The user ends what they granted this app, away from the app. */
    public boolean endGrant(String user, String clientId) {
        return changing(() -> ledger.end(family -> family.user.equals(user) && family.clientId.equals(clientId)));
    }

    /** Ends every grant of this user. */
    public boolean endGrants(String user) {
        return changing(() -> ledger.end(family -> family.user.equals(user)));
    }

    /** Ends the access tokens of this user and leaves the refresh tokens alone. */
    public void endAccess(String user) {
        changing(() -> {
            ledger.families().stream()
                    .filter(family -> family.user.equals(user))
                    .forEach(family -> family.accessTokens.clear());
            return true;
        });
    }

    /** The public keys of the ID tokens. */
    public Map<String, Object> jwks() {
        return guarded(idTokens::jwks);
    }

    public Journal journal() {
        return journal;
    }

    public Misfortunes misfortunes() {
        return misfortunes;
    }

    /** Notes a call to the protected API. */
    public void called(String method, String path, String user, int status) {
        journal.add(new Journal.ApiCall(settings.now(), method, path, user, status));
    }

    /** Apps, grants and the signing key, for {@link #restore}. Tokens and secrets stand in it as digests; the key does not. */
    public Map<String, Object> snapshot() {
        return guarded(() -> Snapshot.of(clients, ledger, idTokens));
    }

    /** @throws IllegalArgumentException where this is no snapshot */
    public void restore(Map<String, Object> snapshot) {
        set(() -> Snapshot.restore(snapshot, clients, ledger, idTokens));
    }

    /** Runs after each change and before its answer is given; outside the lock. */
    public void afterChange(Runnable action) {
        afterChange = action;
    }
}
