package dev.bulla.providers.standard;

import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.Discovery;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Scope;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service that no catalogue knows: the host's own, a company's identity provider, or a demonstration. What it makes is {@linkplain
 * Provider#custom custom}, so no managed app goes with it, and an account that was connected through other endpoints must be connected anew.
 *
 * <pre>{@code
 * Provider crm = CustomProvider.discover("crm", "Our CRM", "https://id.example.com", HttpSettings.standard())
 *         .api("https://crm.example.com/api")
 *         .scopes(Scope.of("contacts.read", "Read contacts").preset())
 *         .create();
 * }</pre>
 *
 * Not thread-safe, unlike the provider it makes.
 */
public final class CustomProvider {
    private final String id;
    private final String name;
    private OAuth2Spec.Builder spec;
    private @Nullable String api;
    private List<String> apiHosts = List.of();
    private Attachment attachment = Attachment.bearer();
    private List<Scope> scopes = List.of();
    private @Nullable String grantsPage;

    private CustomProvider(String id, String name, OAuth2Spec.Builder spec) {
        this.id = id;
        this.name = name;
        this.spec = spec;
    }

    /**
     * A service that speaks OpenID Connect and says so in its metadata, which is fetched here, once, with one request.
     *
     * @param issuer as the metadata itself writes it
     * @throws ProviderException where the metadata is not to be had or not to be trusted
     */
    public static CustomProvider discover(String id, String name, String issuer, HttpSettings settings) {
        try (HardenedHttp http = HardenedHttp.create(settings)) {
            CustomProvider provider = new CustomProvider(id, name, Discovery.openIdConnect(issuer, http));
            provider.scopes = List.of(
                    Scope.of("openid", "Know who you are").needed(),
                    Scope.of("profile", "See your name").preset());
            return provider;
        }
    }

    /** A service whose facts the host writes down; they must say how the account is identified. */
    public static CustomProvider oauth2(String id, String name, OAuth2Spec.Builder spec) {
        return new CustomProvider(id, name, spec);
    }

    /**
     * Says what metadata leaves open: a revocation that ends the whole grant, what failures mean, or what comes of a refresh token that
     * is sent twice.
     */
    public CustomProvider adjust(UnaryOperator<OAuth2Spec.Builder> change) {
        spec = change.apply(spec);
        return this;
    }

    /** Where credentials may be used: relative paths belong to {@code base}. Without it, the host of the token endpoint. */
    public CustomProvider api(String base, String... furtherHosts) {
        api = base;
        apiHosts = List.of(furtherHosts);
        return this;
    }

    /** How tokens are attached to calls; as Bearer, where nothing is said. */
    public CustomProvider attachment(Attachment value) {
        attachment = value;
        return this;
    }

    /** The whole catalogue. Without it, a discovered service has {@code openid} and {@code profile}, and no other has any. */
    public CustomProvider scopes(Scope... value) {
        scopes = List.of(value);
        return this;
    }

    public CustomProvider grantsPage(String url) {
        grantsPage = url;
        return this;
    }

    /** @throws IllegalStateException where the spec does not say how the account is identified */
    public Provider create() {
        OAuth2Spec facts = spec.build();
        String base = api == null ? origin(facts) : api;
        Provider.Builder provider = Provider.builder(id, name)
                .oauth2(
                        facts,
                        AuthorizationCodeFlow.of(facts),
                        facts.refreshes() ? RefreshTokenGrant.of(facts) : null,
                        facts.revocation().isPresent() ? TokenRevocation.of(facts) : null)
                .api(ApiAccess.bearer(base, apiHosts.toArray(String[]::new)).attached(attachment))
                .scopes(scopes.toArray(Scope[]::new))
                .custom();
        return (grantsPage == null ? provider : provider.grantsPage(grantsPage)).build();
    }

    private static String origin(OAuth2Spec facts) {
        String text = facts.tokenUrl().toString();
        URI uri = URI.create(text.replaceAll("[{}]", "x"));
        String path = uri.getRawPath();
        return path.isEmpty() ? text : text.substring(0, text.indexOf(path, text.indexOf("//") + 2));
    }
}
