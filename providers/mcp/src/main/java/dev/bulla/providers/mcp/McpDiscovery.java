package dev.bulla.providers.mcp;

import dev.bulla.oauth2.Challenge;
import dev.bulla.oauth2.ClientRegistration;
import dev.bulla.oauth2.ProtectedResource;
import dev.bulla.oauth2.ServerMetadata;
import dev.bulla.provider.ClientMetadata;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.ServiceDiscovery;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks an MCP server where its tokens are had, and an authorization server what it knows. */
final class McpDiscovery implements ServiceDiscovery {
    static final String SERVER = "server";
    static final String ISSUER = "issuer";
    static final String RESOURCE = "resource";
    static final String AUTHORIZE = "authorizationEndpoint";
    static final String TOKEN = "tokenEndpoint";
    static final String REVOKE = "revocationEndpoint";
    private static final String REGISTER = "registrationEndpoint";
    /** How an app of the owner proves itself, where it has a secret. */
    static final String METHODS = "clientAuthentications";
    /** Whether the issuer always names itself in responses. */
    static final String NAMES_ITSELF = "issuerInResponse";

    static final String SCOPES = "offeredScopes";

    private static final String OFFLINE = "offline_access";

    /** A question that every server of the present revision must answer, were it allowed. */
    private static final String QUESTION =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"_meta\":{"
                    + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    private final @Nullable String fixed;

    /** @param fixed the server's address, or null where owners fill it in */
    McpDiscovery(@Nullable String fixed) {
        this.fixed = fixed;
    }

    @Override
    public List<String> bound() {
        return List.of(ISSUER, RESOURCE, AUTHORIZE, TOKEN, REVOKE);
    }

    @Override
    public List<String> names() {
        return Stream.concat(bound().stream(), Stream.of(REGISTER, METHODS, NAMES_ITSELF, SCOPES))
                .toList();
    }

    @Override
    public Found find(Map<String, String> known, ProviderHttp http) {
        String address = fixed == null ? known.getOrDefault(SERVER, "") : fixed;
        if (!UrlTemplate.isAddress(address)) {
            throw refused("the address of the server is none to use");
        }
        URI server = URI.create(address);
        HttpAnswer answer = ask(server, http);
        if (answer.status() / 100 == 3) {
            throw refused("the server stands elsewhere");
        }
        Optional<Challenge> challenge = answer.status() == 401 ? Challenge.of(answer) : Optional.empty();
        ProtectedResource resource = ProtectedResource.find(server, challenge, http);
        ServerMetadata issuer = ServerMetadata.find(chosen(resource, known), http);
        if (!issuer.knowsS256()) {
            throw refused("the authorization server does not say that it knows PKCE with S256");
        }
        return found(resource, issuer, challenge.map(Challenge::scopes).orElse(List.of()));
    }

    private static HttpAnswer ask(URI server, ProviderHttp http) {
        return http.send(HttpCall.of(Purpose.METADATA, "POST", server, QUESTION.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "server/discover"));
    }

    /** The one from before, as long as the server trusts it; else the first. */
    private static String chosen(ProtectedResource resource, Map<String, String> known) {
        String before = known.getOrDefault(ISSUER, "");
        return resource.authorizationServers().contains(before)
                ? before
                : resource.authorizationServers().get(0);
    }

    private static Found found(ProtectedResource resource, ServerMetadata issuer, List<String> challenged) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ISSUER, issuer.issuer());
        values.put(RESOURCE, resource.resource());
        values.put(AUTHORIZE, issuer.authorizationEndpoint());
        values.put(TOKEN, issuer.tokenEndpoint());
        issuer.revocationEndpoint().ifPresent(url -> values.put(REVOKE, url));
        issuer.registrationEndpoint().ifPresent(url -> values.put(REGISTER, url));
        values.put(
                METHODS,
                issuer.clientAuthentications().stream()
                        .map(ClientAuthentication::name)
                        .collect(Collectors.joining(" ")));
        values.put(NAMES_ITSELF, Boolean.toString(issuer.namesItselfInResponses()));
        List<String> scopes = challenged.isEmpty() ? resource.scopes() : challenged;
        boolean offline = !scopes.isEmpty() && issuer.scopes().contains(OFFLINE) && !scopes.contains(OFFLINE);
        values.put(SCOPES, String.join(" ", scopes) + (offline ? " " + OFFLINE : ""));
        return new Found(
                values,
                issuer.takesClientDocuments(),
                issuer.registrationEndpoint().isPresent());
    }

    /** A secret is better than none: whoever stole a refresh token alone can not use it. */
    @Override
    public Registered register(Found found, ClientMetadata client, ProviderHttp http) {
        List<ClientAuthentication> methods = methods(found.values());
        return ClientRegistration.register(found.values().getOrDefault(REGISTER, ""), client, methods, http);
    }

    static List<ClientAuthentication> methods(Map<String, String> values) {
        return words(values.getOrDefault(METHODS, "")).stream()
                .map(ClientAuthentication::valueOf)
                .toList();
    }

    @Override
    public List<String> scopes(Map<String, String> found) {
        return words(found.getOrDefault(SCOPES, ""));
    }

    private static List<String> words(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(" "));
    }

    private static ProviderException refused(String why) {
        return new ProviderException(
                Kind.MISCONFIGURED, "metadata_refused", 0, null, "the MCP server is not taken: " + why);
    }
}
