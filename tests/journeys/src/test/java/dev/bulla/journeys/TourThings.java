package dev.bulla.journeys;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolResult;
import dev.bulla.tool.ToolSet;
import java.util.Optional;

/** Two services of the tour: one lists things, the other is an MCP server and lists tools. */
final class TourThings {
    static final String THINGS = "tour-things";
    static final String SERVER = "tour-server";

    private TourThings() {}

    static Provider[] providers(World world, SideService service) {
        return new Provider[] {
            provider(world, THINGS)
                    .api(ApiAccess.bearer(service.at("")))
                    .tools(ToolSet.of(ResourceKind.of("thing", "Thing"))
                            .with(Tool.named("list_things")
                                    .description("Lists things")
                                    .http(HttpTemplate.get("/things"))
                                    .touchesNothing()
                                    .build()))
                    .entities(EntitySource.of("thing", "Things", "list_things")
                            .items("things")
                            .attribute("color", "color"))
                    .build(),
            provider(world, SERVER)
                    .api(ApiAccess.endpoint(UrlTemplate.of(service.at("/mcp"))))
                    .tools(ToolSet.of()
                            .with(Tool.named("tour_code")
                                    .description("In Java, so it has no text")
                                    .tier(Tier.READ)
                                    .handler((arguments, door) -> ToolResult.of(200, "", new byte[0]))
                                    .touchesNothing()
                                    .build()))
                    .build()
        };
    }

    private static Provider.Builder provider(World world, String id) {
        OAuth2Spec spec = world.spec().build();
        return Provider.builder(id, id)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .custom();
    }

    /** What both answer; empty where they are not meant. */
    static Optional<SideService.Answer> answer(SideService.Asked asked) {
        return switch (asked.uri().getPath()) {
            case "/things" ->
                Optional.of(new SideService.Answer(
                        200, "{\"things\":[{\"id\":\"t1\",\"name\":\"Thing one\",\"color\":\"red\"}]}"));
            case "/mcp" -> Optional.of(new SideService.Answer(200, """
                        {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","tools":[
                        {"name":"tour_find","description":"Finds","inputSchema":{"type":"object"}}]}}"""));
            default -> Optional.empty();
        };
    }
}
