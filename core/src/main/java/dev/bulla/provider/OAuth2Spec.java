package dev.bulla.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one OAuth 2 service, as the standard flow, refresher and revoker need them. Closed data and a few lambdas that each
 * shape one message; none replaces a step. Immutable; made by {@link #builder}.
 */
public final class OAuth2Spec {
    /** How the client proves itself at the token endpoint: one method a request (RFC 6749 section 2.3, RFC 7523). */
    public enum ClientAuthentication {
        BASIC,
        POST,
        PRIVATE_KEY_JWT,
        /** A public client: its id alone. */
        NONE,
        /** The client is not named at all; for revocation at services whose tokens speak for themselves. */
        ANONYMOUS
    }

    /** Whether the service copes with PKCE. It is always S256; leaving it out is a visible exception of a broken service. */
    public enum Pkce {
        S256,
        BREAKS_SERVICE
    }

    /** Whether a refresh brings a new refresh token, as the vendor says. Core goes by what comes; this is for people. */
    public enum Rotation {
        ALWAYS,
        /** A setting of the app, or now and then. */
        OPTIONAL,
        NEVER,
        UNKNOWN
    }

    /** Body of a token request. */
    public enum Encoding {
        FORM,
        JSON,
        /** No body: everything, secrets too, stands in the query of a GET. The library shows a query nowhere. */
        QUERY
    }

    /**
     * How long tokens live as the vendor's pages have it; null: they do not say.
     *
     * @param access an access token
     * @param refresh a refresh token, from when it was issued
     * @param idle a refresh token that is not used
     */
    public record Lifetimes(
            @Nullable Duration access,
            @Nullable Duration refresh,
            @Nullable Duration idle) {}

    /** Reads the answer of a successful token request; the standard one reads RFC 6749 section 5.1. */
    @FunctionalInterface
    public interface TokenReader {
        /**
         * @param answer the strictly parsed object
         * @param standard reads RFC 6749 fields out of an object, counting lifetimes from the moment of sending
         */
        Tokens read(Json answer, Function<Json, TokenSet> standard);
    }

    /** Shapes the parameters of an authorization URL that carry the scopes, for a service that has more than one. */
    @FunctionalInterface
    public interface ScopeWriter {
        /** @param scopes as the owner chose them; no other parameter of the URL may be named */
        Map<String, String> write(List<String> scopes);
    }

    private final Builder data;

    private OAuth2Spec(Builder data) {
        this.data = data;
    }

    public static Builder builder(String authorizeUrl, String tokenUrl) {
        return new Builder(UrlTemplate.of(authorizeUrl), UrlTemplate.of(tokenUrl));
    }

    /** For addresses that are parts as a whole. */
    public static Builder builder(UrlTemplate authorizeUrl, UrlTemplate tokenUrl) {
        return new Builder(authorizeUrl, tokenUrl);
    }

    public UrlTemplate authorizeUrl() {
        return data.authorizeUrl;
    }

    public UrlTemplate tokenUrl() {
        return data.tokenUrl;
    }

    public ClientAuthentication clientAuthentication() {
        return data.clientAuthentication;
    }

    public Encoding encoding() {
        return data.encoding;
    }

    public Pkce pkce() {
        return data.pkce;
    }

    public String clientIdParameter() {
        return data.clientIdParameter;
    }

    /** Name of the parameter with the scopes in the authorization URL. */
    public String scopeParameter() {
        return data.scopeParameter;
    }

    /** Name of the field with the granted scopes in a token answer. */
    public String grantedIn() {
        return data.grantedIn == null ? data.scopeParameter : data.grantedIn;
    }

    /** What an answer speaks of: itself, or the only element of the array that the service wraps it in. */
    public Json unwrapped(Json answer) {
        List<Json> wrapped = data.wrapper == null ? List.of() : answer.objects(data.wrapper);
        return wrapped.size() == 1 ? wrapped.get(0) : answer;
    }

    /** Parameters of the authorization URL that carry the scopes; none where there are no scopes. */
    public Map<String, String> scopeParameters(List<String> scopes) {
        if (data.scopeWriter != null) {
            return data.scopeWriter.write(scopes);
        }
        return scopes.isEmpty() ? Map.of() : Map.of(data.scopeParameter, String.join(data.scopeSeparator, scopes));
    }

    public String scopeSeparator() {
        return data.scopeSeparator;
    }

    /**
     * Further parameters of the authorization URL. A value that is <code>{name}</code> stands for an owner's field; without a value, the
     * parameter is left out.
     */
    public Map<String, String> authorizeParameters() {
        return java.util.Collections.unmodifiableMap(data.authorizeParameters);
    }

    /** Parameter of the authorization URL that makes the scopes superfluous, where it has a value. */
    public Optional<String> inPlaceOfScopes() {
        return Optional.ofNullable(data.inPlaceOfScopes);
    }

    /** Further parameters of the request that redeems a code. */
    public Map<String, String> redeemParameters() {
        return java.util.Collections.unmodifiableMap(data.redeemParameters);
    }

    /** What the tokens are for, where the service wants to be told so (RFC 8707): goes along to consent, with a code and with a refresh token. */
    public Optional<String> resource() {
        return Optional.ofNullable(data.resource);
    }

    /** OpenID Connect issuer whose ID tokens are verified, if the service speaks it. */
    public Optional<String> issuer() {
        return Optional.ofNullable(data.issuer);
    }

    /** Further names under which the issuer signs ID tokens; in authorization responses it has one name only. */
    public List<String> furtherIdTokenIssuers() {
        return data.furtherIdTokenIssuers;
    }

    /** Where the issuer's keys are. */
    public Optional<UrlTemplate> jwksUrl() {
        return Optional.ofNullable(data.jwksUrl);
    }

    /** Whether {@code iss} always stands in the authorization response (RFC 9207). */
    public boolean issuerInResponse() {
        return data.issuerInResponse;
    }

    /** Algorithms of ID tokens, such as {@code RS256}. */
    public List<String> idTokenAlgorithms() {
        return data.idTokenAlgorithms;
    }

    /** What a callback must satisfy before its code is redeemed, beside what core checks. */
    public Optional<CallbackCheck> callbackCheck() {
        return Optional.ofNullable(data.callbackCheck);
    }

    public Optional<IdentityCall> identity() {
        return Optional.ofNullable(data.identity);
    }

    /** Where the token answer says whose account it is, for a service that is not asked. */
    public Optional<AnswerIdentity> answerIdentity() {
        return Optional.ofNullable(data.answerIdentity);
    }

    public Optional<RevocationCall> revocation() {
        return Optional.ofNullable(data.revocation);
    }

    /** The request by which the short-lived token of a new consent becomes a long-lived one. */
    public Optional<Exchange> upgrade() {
        return Optional.ofNullable(data.upgrade);
    }

    /** The request that exchanges the present access token for a fresh one, where that is how the service refreshes. */
    public Optional<Exchange> exchange() {
        return Optional.ofNullable(data.exchange);
    }

    /** Headers that go along with every request of the protocol, such as the version of the API. */
    public Map<String, String> headers() {
        return java.util.Collections.unmodifiableMap(data.headers);
    }

    public TokenReader tokenReader() {
        return data.tokenReader;
    }

    public ErrorReader errorReader() {
        return data.errorReader;
    }

    /** Fields of the token answer that are kept, sealed, with the tokens. */
    public List<String> keep() {
        if (data.answerIdentity == null) {
            return data.keep;
        }
        return Stream.concat(data.keep.stream(), data.answerIdentity.paths().stream())
                .distinct()
                .toList();
    }

    /** Lifetime of an access token when the answer is silent; null: unknown. */
    public @Nullable Duration accessLifetime() {
        return data.accessLifetime;
    }

    /** How long a refresh token lives unused, counted from each answer, when the answer is silent; null: unknown. */
    public @Nullable Duration refreshLifetime() {
        return data.refreshLifetime;
    }

    /** What the vendor says about lifetimes, for people; core goes by answers, and where they are silent by the other lifetimes. */
    public Optional<Lifetimes> documentedLifetimes() {
        return Optional.ofNullable(data.documentedLifetimes);
    }

    /** How long a consent lasts, however often its tokens are refreshed; null: for ever, or unknown. */
    public @Nullable Duration grantLifetime() {
        return data.grantLifetime;
    }

    public TokenRefresher.ReuseRule reuse() {
        return data.reuse;
    }

    public Rotation rotation() {
        return data.rotation;
    }

    /** Whether the service has refresh tokens at all. */
    public boolean refreshes() {
        return data.refreshes;
    }

    /** Builder with the defaults of the standard: S256, client secret in the form body, blanks between scopes. */
    public static final class Builder {
        private final UrlTemplate authorizeUrl;
        private final UrlTemplate tokenUrl;
        private ClientAuthentication clientAuthentication = ClientAuthentication.POST;
        private Encoding encoding = Encoding.FORM;
        private Pkce pkce = Pkce.S256;
        private String clientIdParameter = "client_id";
        private String scopeParameter = "scope";
        private String scopeSeparator = " ";
        private @Nullable ScopeWriter scopeWriter;
        private @Nullable String grantedIn;
        private @Nullable String wrapper;
        private @Nullable String inPlaceOfScopes;
        private final Map<String, String> authorizeParameters = new LinkedHashMap<>();
        private final Map<String, String> redeemParameters = new LinkedHashMap<>();
        private @Nullable String resource;
        private @Nullable String issuer;
        private List<String> furtherIdTokenIssuers = List.of();
        private @Nullable UrlTemplate jwksUrl;
        private boolean issuerInResponse;
        private List<String> idTokenAlgorithms = List.of("RS256");
        private @Nullable CallbackCheck callbackCheck;
        private @Nullable IdentityCall identity;
        private @Nullable AnswerIdentity answerIdentity;
        private @Nullable RevocationCall revocation;
        private @Nullable Exchange upgrade;
        private @Nullable Exchange exchange;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private TokenReader tokenReader = (answer, standard) -> Tokens.of(standard.apply(answer));
        private ErrorReader errorReader = (status, answer) -> null;
        private List<String> keep = new ArrayList<>();
        private @Nullable Duration accessLifetime;
        private @Nullable Duration refreshLifetime;
        private @Nullable Duration grantLifetime;
        private @Nullable Lifetimes documentedLifetimes;
        private Rotation rotation = Rotation.UNKNOWN;
        private TokenRefresher.ReuseRule reuse = TokenRefresher.ReuseRule.afterExpiry();
        private boolean refreshes = true;

        private Builder(UrlTemplate authorizeUrl, UrlTemplate tokenUrl) {
            this.authorizeUrl = authorizeUrl;
            this.tokenUrl = tokenUrl;
        }

        private Builder(Builder from) {
            this(from.authorizeUrl, from.tokenUrl);
            clientAuthentication = from.clientAuthentication;
            encoding = from.encoding;
            pkce = from.pkce;
            clientIdParameter = from.clientIdParameter;
            scopeParameter = from.scopeParameter;
            scopeSeparator = from.scopeSeparator;
            scopeWriter = from.scopeWriter;
            grantedIn = from.grantedIn;
            wrapper = from.wrapper;
            inPlaceOfScopes = from.inPlaceOfScopes;
            authorizeParameters.putAll(from.authorizeParameters);
            redeemParameters.putAll(from.redeemParameters);
            resource = from.resource;
            issuer = from.issuer;
            furtherIdTokenIssuers = from.furtherIdTokenIssuers;
            jwksUrl = from.jwksUrl;
            issuerInResponse = from.issuerInResponse;
            idTokenAlgorithms = from.idTokenAlgorithms;
            callbackCheck = from.callbackCheck;
            identity = from.identity;
            answerIdentity = from.answerIdentity;
            revocation = from.revocation;
            upgrade = from.upgrade;
            exchange = from.exchange;
            headers.putAll(from.headers);
            tokenReader = from.tokenReader;
            errorReader = from.errorReader;
            keep = List.copyOf(from.keep);
            accessLifetime = from.accessLifetime;
            refreshLifetime = from.refreshLifetime;
            grantLifetime = from.grantLifetime;
            documentedLifetimes = from.documentedLifetimes;
            reuse = from.reuse;
            rotation = from.rotation;
            refreshes = from.refreshes;
        }

        public Builder clientAuthentication(ClientAuthentication value) {
            clientAuthentication = value;
            return this;
        }

        public Builder encoding(Encoding value) {
            encoding = value;
            return this;
        }

        /** Says that the service breaks on PKCE parameters, so that they are left out. Name the vendor's page beside the call. */
        public Builder pkceBreaksService() {
            pkce = Pkce.BREAKS_SERVICE;
            return this;
        }

        public Builder clientIdParameter(String value) {
            clientIdParameter = value;
            return this;
        }

        public Builder scopes(String parameter, String separator) {
            scopeParameter = parameter;
            scopeSeparator = separator;
            return this;
        }

        /** For a service whose scopes do not travel in one parameter. */
        public Builder scopes(ScopeWriter value) {
            scopeWriter = value;
            return this;
        }

        /** A token answer names the granted scopes in this field, as a text or an array. */
        public Builder grantedIn(String field) {
            grantedIn = field;
            return this;
        }

        /** The service may wrap what it answers: {@code {"data": [{...}]}}. */
        public Builder wrappedIn(String field) {
            wrapper = field;
            return this;
        }

        /** @throws IllegalArgumentException for a parameter that core makes itself, such as {@code state} */
        public Builder authorizeParameter(String name, String value) {
            if (List.of(
                            "response_type",
                            "client_id",
                            "redirect_uri",
                            "state",
                            "code_challenge",
                            "code_challenge_method",
                            "nonce")
                    .contains(name)) {
                throw new IllegalArgumentException(name + " is made by core");
            }
            authorizeParameters.put(name, value);
            return this;
        }

        /** Where the owner's {@code field} is filled in, it is sent as {@code parameter}, and no scopes are: what is asked for is kept at the service. */
        public Builder inPlaceOfScopes(String parameter, String field) {
            inPlaceOfScopes = parameter;
            return authorizeParameter(parameter, "{" + field + "}");
        }

        /** Goes along with the code, such as a wish for tokens of a certain kind. */
        public Builder redeemParameter(String name, String value) {
            redeemParameters.put(name, value);
            return this;
        }

        /** Tokens are asked for this resource alone (RFC 8707). */
        public Builder resource(String value) {
            resource = value;
            return this;
        }

        /** The service speaks OpenID Connect: ID tokens of {@code issuer} are required and verified. */
        public Builder openIdConnect(String issuer, String jwksUrl, String... algorithms) {
            this.issuer = issuer;
            this.jwksUrl = UrlTemplate.of(jwksUrl);
            if (algorithms.length > 0) {
                idTokenAlgorithms = List.of(algorithms);
            }
            return this;
        }

        /** The issuer writes {@code iss} of its ID tokens in these ways too. Each is compared as it stands. */
        public Builder furtherIdTokenIssuers(String... values) {
            furtherIdTokenIssuers = List.of(values);
            return this;
        }

        /** What {@code iss} of an authorization response must be where it is there (RFC 9207); it may be missing. */
        public Builder issuer(String value) {
            issuer = value;
            return this;
        }

        /** The service names itself in {@code iss} of every authorization response (RFC 9207). */
        public Builder issuerInResponse(String issuer) {
            this.issuer = issuer;
            issuerInResponse = true;
            return this;
        }

        /** The service signs its callbacks. A no ends the flow with {@code token_exchange_failed}; the code does not leave then. */
        public Builder callbackCheck(CallbackCheck value) {
            callbackCheck = value;
            return this;
        }

        public Builder identity(IdentityCall value) {
            identity = value;
            return this;
        }

        /** A GET whose answer has the stable id in field {@code subject} and a name in the first of {@code names} that is there. */
        public Builder identity(String url, String subject, String... names) {
            List<List<String>> paths = new ArrayList<>();
            for (String name : names) {
                paths.add(List.of(name));
            }
            return identity(new IdentityCall("GET", UrlTemplate.of(url), List.of(subject), paths, Map.of()));
        }

        /** The token answer itself says whose account it is, so nothing is asked. */
        public Builder identity(AnswerIdentity value) {
            answerIdentity = value;
            return this;
        }

        public Builder revocation(RevocationCall value) {
            revocation = value;
            return this;
        }

        /** A new consent gives a token that lives shortly: it is exchanged at once, and only the second one is kept. */
        public Builder upgrade(Exchange value) {
            upgrade = value;
            return this;
        }

        /** The service has no refresh tokens: an access token is exchanged for a fresh one while it lives. */
        public Builder exchange(Exchange value) {
            exchange = value;
            return this;
        }

        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Builder tokenReader(TokenReader value) {
            tokenReader = value;
            return this;
        }

        /**
         * Refines what failures mean for the token that was sent: it is asked first, also about answers of success, and null leaves an
         * answer to the standard. A refusal in words that nobody declared never ends an account.
         */
        public Builder errorReader(ErrorReader value) {
            errorReader = value;
            return this;
        }

        public Builder keep(String... fields) {
            keep = List.of(fields);
            return this;
        }

        /**
         * What holds where an answer is silent.
         *
         * @param access life of an access token; null: unknown
         * @param refresh life of a refresh token that is not used, counted from each answer; null: unknown
         */
        public Builder lifetimes(@Nullable Duration access, @Nullable Duration refresh) {
            accessLifetime = access;
            refreshLifetime = refresh;
            return this;
        }

        /** For a service whose silence about a lifetime means something else, such as a token that never ends. */
        public Builder documentedLifetimes(Lifetimes value) {
            documentedLifetimes = value;
            return this;
        }

        /** The service asks for a new consent after this time, counted from the last one, however often tokens are refreshed. */
        public Builder grantLifetime(Duration value) {
            grantLifetime = value;
            return this;
        }

        /**
         * What the vendor says about a refresh token that is sent twice. Nothing said: never again until the access token has ended,
         * then once. Name the vendor's page beside the call.
         */
        public Builder reuse(TokenRefresher.ReuseRule value) {
            reuse = value;
            return this;
        }

        public Builder rotation(Rotation value) {
            rotation = value;
            return this;
        }

        public Builder noRefresh() {
            refreshes = false;
            return this;
        }

        public OAuth2Spec build() {
            return new OAuth2Spec(new Builder(this));
        }
    }
}
