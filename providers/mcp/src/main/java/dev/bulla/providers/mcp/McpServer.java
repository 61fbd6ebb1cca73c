package dev.bulla.providers.mcp;

import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.Route;
import dev.bulla.tool.ToolSet;

/**
 * An MCP server (Model Context Protocol) whose members connect accounts of their own, by the protocol's authorization specification of
 * 2026-07-28 (<a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">Authorization</a>, Authorization Server
 * Discovery, Client Registration, Security Considerations).
 *
 * <p>No more than the server's address is known. It says itself which authorization server it trusts (RFC 9728), and that one where it is
 * and what it knows (RFC 8414, OpenID Connect Discovery): this is asked when an owner saves the address or an app, and again when a member
 * begins to connect, and is kept with the connection. PKCE with S256 must be among what it knows. Tokens are asked for this server alone
 * (RFC 8707), go to this address alone, and are bound to server, issuer and endpoints: where one of them changes, accounts must be connected
 * anew. A client is the owner's app where there is one, else the document that the host serves below its base URI, else a registration that
 * is made once and kept (RFC 7591). A server that asks for no authorization at all is refused: its answers would be everybody's.
 *
 * <p>Scopes are those that the owner chose; else those that the server asks for, or says that it has. Where a call needs more, the account
 * says which, and the next consent asks for them too. The protocol does not say whose account it is, so no name is shown, and connecting
 * again counts as the same account.
 *
 * <p>The server's tools are called by name once they are imported ({@code ConnectionTools.importFrom}). A call that is written by hand goes
 * to the address itself ({@code ApiRequest.post("", json)}); it can be anything, and counts as that.
 */
public final class McpServer {
    /** Id of {@link #anywhere()}. */
    public static final String ANYWHERE = "mcp";

    private McpServer() {}

    /**
     * A server that the host chose.
     *
     * @param id stands in rows and never changes
     * @param name what people read
     * @param address https, as the server is called: {@code https://mcp.example.com/mcp}
     */
    public static Provider at(String id, String name, String address) {
        if (!UrlTemplate.isAddress(address)) {
            throw new IllegalArgumentException("the address of an MCP server is https, without user and fragment");
        }
        return provider(id, name, UrlTemplate.of(address), new McpDiscovery(address))
                .build();
    }

    /**
     * Servers that owners choose: the address is a field of the connection. Egress guard and limits hold for it as for everything that owners
     * type, and whoever may configure connections may so let the host's network ask any public address.
     */
    public static Provider anywhere() {
        return provider(ANYWHERE, "MCP server", UrlTemplate.address(McpDiscovery.SERVER), new McpDiscovery(null))
                .ownerFields(Field.text(
                                McpDiscovery.SERVER,
                                "Server address",
                                "where the MCP server is called, as its maker says it")
                        .placeholder("https://mcp.example.com/mcp"))
                .build();
    }

    private static Provider.Builder provider(String id, String name, UrlTemplate address, McpDiscovery discovery) {
        OAuth2Spec spec = OAuth2Spec.builder(
                        UrlTemplate.address(McpDiscovery.AUTHORIZE), UrlTemplate.address(McpDiscovery.TOKEN))
                .clientAuthentication(ClientAuthentication.NONE)
                .build();
        return Provider.builder(id, name)
                .oauth2(spec, new McpFlow(), new McpRefresher(), new McpRevoker())
                .api(ApiAccess.endpoint(address))
                .discovery(discovery)
                .tools(ToolSet.of().routes(Route.any("/**").anything()))
                .custom();
    }
}
