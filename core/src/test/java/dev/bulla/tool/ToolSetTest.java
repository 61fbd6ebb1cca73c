package dev.bulla.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolSetTest {
    private static final String REPO = """
            {"properties": {"owner": {"type": "string"}, "repo": {"type": "string"}, "n": {"type": "integer"},
             "title": {"type": "string"}}, "required": ["owner", "repo"]}""";
    private static final String NUMBERED = REPO.replace("\"repo\"]", "\"repo\", \"n\"]");

    private static final Tool CREATE = Tool.named("create_issue")
            .description("Creates an issue")
            .input(REPO)
            .http(HttpTemplate.post("/repos/{owner}/{repo}/issues"))
            .build();
    private static final Tool CLOSE = Tool.named("close_issue")
            .description("Closes an issue")
            .input("""
                    {"properties": {"owner": {}, "repo": {}, "n": {}}, "required": ["owner", "repo", "n"]}""")
            .http(HttpTemplate.patch("/repos/{owner}/{repo}/issues/{n}").json("{\"state\": \"closed\"}"))
            .build();
    private static final Tool SEARCH = Tool.named("search")
            .description("Searches")
            .input("{\"properties\": {\"q\": {}}}")
            .tier(Tier.READ)
            .http(HttpTemplate.post("/search"))
            .touchesNothing()
            .build();
    private static final ToolSet SET = ToolSet.of(
                    ResourceKind.of("repository", "Repository").ignoringCase(),
                    ResourceKind.of("page", "Page").canonical(id -> id.replace("-", "")))
            .routes(
                    Route.any("/repos/{owner}/{repo}/**").touches("repository", "{owner}/{repo}"),
                    Route.of("GET", "/user/repos").touchesNothing(),
                    Route.any("/api/chat.delete").tier(Tier.DESTRUCTIVE),
                    Route.of("POST", "/graphql").anything(),
                    Route.any("/pages/{id}/**").touches("page", "{id}"),
                    Route.any("https://uploads.example.com/repos/{owner}/{repo}/**")
                            .touches("repository", "{owner}/{repo}"))
            .with(CREATE, CLOSE, SEARCH);

    private static Match match(String method, String path) {
        return SET.match(method, new CanonicalTarget("", path, "", true));
    }

    private static Sight repo(String id) {
        return Sight.known(new Resource("repository", id));
    }

    /** An address of its own may be another name for the one that routes are known of. */
    @Test
    void addressOfWhichNothingIsKnownMayDoTheMostThatIsKnown() {
        Match graphql = SET.match("POST", new CanonicalTarget("https://api.example.com", "/graphql", "", true));
        assertThat(graphql.tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(graphql.unclear()).isTrue();
        Match chat = SET.match("GET", new CanonicalTarget("https://files.example.com", "/api/chat.delete", "", true));
        assertThat(chat.tier()).isEqualTo(Tier.DESTRUCTIVE);
    }

    @Test
    void pathAndMethodMakeATool() {
        Match match = match("POST", "/Repos/Octo/Hello/ISSUES");

        assertThat(match.tool()).contains(CREATE);
        assertThat(match.unclear()).isFalse();
        assertThat(match.tier()).isEqualTo(Tier.WRITE);
        assertThat(match.resource()).isEqualTo(repo("octo/hello"));
    }

    @Test
    void toolSaysLessThanItsMethod() {
        assertThat(match("POST", "/search").tier()).isEqualTo(Tier.READ);
        assertThat(match("POST", "/search").resource()).isEqualTo(Sight.none());
        assertThat(match("PUT", "/search").tool()).isEmpty();
        assertThat(match("PUT", "/search").tier()).isEqualTo(Tier.WRITE);
    }

    @Test
    void whatIsFixedInTheBodyIsNotSeenInThePath() {
        Match match = match("PATCH", "/repos/octo/hello/issues/7");

        assertThat(match.tool()).isEmpty();
        assertThat(match.unclear()).isTrue();
        assertThat(match.tier()).isEqualTo(Tier.WRITE);
        assertThat(match.resource()).isEqualTo(repo("octo/hello"));
    }

    @Test
    void toolsOfOnePathAreNotToldApart() {
        ToolSet both = SET.with(Tool.named("create_bug")
                .description("x")
                .input(REPO)
                .tier(Tier.DESTRUCTIVE)
                .http(HttpTemplate.post("/repos/{owner}/{repo}/issues"))
                .build());

        Match match = both.match("POST", new CanonicalTarget("", "/repos/a/b/issues", "", true));

        assertThat(match.tool()).isEmpty();
        assertThat(match.unclear()).isTrue();
        assertThat(match.tier()).isEqualTo(Tier.DESTRUCTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /repos/octo/hello, READ, octo/hello",
        "HEAD, /repos/octo/hello/, READ, octo/hello",
        "DELETE, /repos/octo/hello/git/refs/x, DESTRUCTIVE, octo/hello",
        "LINK, /repos/octo/hello, DESTRUCTIVE, octo/hello",
        "GET, /repos/%6Fcto/hello, READ, octo/hello"
    })
    void routeSaysTheResource(String method, String path, Tier tier, String id) {
        Match match = match(method, path);

        assertThat(match.tool()).isEmpty();
        assertThat(match.unclear()).isFalse();
        assertThat(match.tier()).isEqualTo(tier);
        assertThat(match.resource()).isEqualTo(repo(id));
    }

    @Test
    void routesSayMore() {
        assertThat(match("GET", "/user/repos").resource()).isEqualTo(Sight.none());
        assertThat(match("POST", "/user/repos").resource()).isEqualTo(Sight.unclear());
        assertThat(match("GET", "/api/chat.delete").tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(match("POST", "/graphql"))
                .isEqualTo(new Match(Optional.empty(), true, Tier.DESTRUCTIVE, Sight.unclear()));
        assertThat(match("GET", "/elsewhere").resource()).isEqualTo(Sight.unclear());
        assertThat(match("GET", "/pages/a-b/x").resource()).isEqualTo(Sight.known(new Resource("page", "ab")));
        assertThat(SET.match("POST", new CanonicalTarget("https://uploads.example.com", "/repos/a/b/c", "", true))
                        .resource())
                .isEqualTo(repo("a/b"));
        assertThat(SET.match("POST", new CanonicalTarget("https://other.example.com", "/repos/a/b/c", "", true))
                        .unclear())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/octo%2Fhello/x",
                "/repos/octo/hello;x",
                "/repos/octo/hello%3Bx",
                "/repos/octo/%2e%2e",
                "/repos/octo//hello",
                "/repos/octo/hello%5Cx",
                "/repos/octo/hel%252Flo",
                "/repos/octo/%ff",
                "/repos/octo/a%0Db",
                "/repos/octo/./x",
                "/a%"
            })
    void whatCanBeReadInTwoWaysMayBeAnything(String path) {
        Match match = match("POST", path);

        assertThat(match.tool()).isEmpty();
        assertThat(match.unclear()).isTrue();
        assertThat(match.tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(match.resource()).isEqualTo(Sight.unclear());
    }

    @Test
    void toolAtAnAddressOfAnythingIsNotSure() {
        ToolSet set = SET.with(Tool.named("ask")
                .description("x")
                .input("{\"properties\": {\"q\": {}}}")
                .tier(Tier.READ)
                .http(HttpTemplate.post("/graphql"))
                .touchesNothing()
                .build());

        Match match = set.match("POST", new CanonicalTarget("", "/graphql", "", true));

        assertThat(match.tool()).isEmpty();
        assertThat(match.unclear()).isTrue();
        assertThat(match.tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(match.resource()).isEqualTo(Sight.unclear());
    }

    @Test
    void idThatMeansSomethingElseIsUnclear() {
        assertThat(match("GET", "/repos/octo/hello:batch/x").resource()).isEqualTo(Sight.unclear());
    }

    @Test
    void callOfAToolTouchesWhatItsArgumentsSay() {
        ToolCall call = SET.call(CREATE, "{\"owner\": \"Octo\", \"repo\": \"Hello\", \"title\": \"x\"}");

        assertThat(call.request().orElseThrow().target()).isEqualTo("/repos/Octo/Hello/issues");
        assertThat(call.match().tool()).contains(CREATE);
        assertThat(call.match().resource()).isEqualTo(repo("octo/hello"));
        assertThat(SET.call(SEARCH, "{}").match().resource()).isEqualTo(Sight.none());
    }

    @Test
    void resourceOfArgumentsIsOneOrUnclear() {
        Tool tool = Tool.named("move")
                .description("x")
                .input("{\"properties\": {\"owner\": {}, \"repo\": {}, \"page\": {}}}")
                .tier(Tier.WRITE)
                .http(HttpTemplate.post("/move"))
                .touches("repository", "{owner}/{repo}")
                .build();
        ToolSet set = SET.with(tool);

        assertThat(set.call(tool, "{\"owner\": \"a\", \"repo\": 7.0}").match().resource())
                .isEqualTo(repo("a/7"));
        assertThat(set.call(tool, "{\"owner\": \"a\"}").match().resource()).isEqualTo(Sight.unclear());
        assertThat(set.call(tool, "{\"owner\": \"a/b\", \"repo\": \"c\"}")
                        .match()
                        .resource())
                .isEqualTo(Sight.unclear());
        assertThat(set.call(tool, "{\"owner\": [\"a\"], \"repo\": \"c\"}")
                        .match()
                        .resource())
                .isEqualTo(Sight.unclear());
        assertThat(set.call(tool, "{\"owner\": \" a\", \"repo\": \"c\"}")
                        .match()
                        .resource())
                .isEqualTo(Sight.unclear());
        assertThat(set.match("POST", new CanonicalTarget("", "/move", "", true)).resource())
                .isEqualTo(Sight.unclear());
    }

    @Test
    void setsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SET.with(CREATE)).withMessageContaining("create_issue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolSet.NONE.with(Tool.named("x")
                        .description("x")
                        .http(HttpTemplate.get("/"))
                        .input("{\"properties\": {\"a\": {}}}")
                        .http(HttpTemplate.get("/").query("a"))
                        .touches("moon", "{a}")
                        .build()))
                .withMessageContaining("moon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Route.any("/a/{b}").touches("page", "{c}"));
    }

    @Test
    void numberedToolIsNeverTakenForAPathThatSaysMore() {
        Tool get = Tool.named("get_issue")
                .description("x")
                .input(NUMBERED)
                .http(HttpTemplate.get("/repos/{owner}/{repo}/issues/{n}").query("title"))
                .build();
        Tool latest = Tool.named("latest_issue")
                .description("x")
                .input(REPO)
                .http(HttpTemplate.get("/repos/{owner}/{repo}/issues/latest").query("n", "title"))
                .build();
        ToolSet set = SET.with(get, latest);

        assertThat(set.match("GET", new CanonicalTarget("", "/repos/a/b/issues/latest", "", true))
                        .tool())
                .contains(latest);
        assertThat(set.match("GET", new CanonicalTarget("", "/repos/a/b/issues/7", "", true))
                        .tool())
                .contains(get);
    }

    @Test
    void parameterCountsBeforeThePath() {
        ToolSet set = ToolSet.of()
                .routes(
                        Route.any("/repos/**").tier(Tier.READ),
                        Route.of("GET", "/**").naming("do.what").anything());
        CanonicalTarget issue = new CanonicalTarget("", "/repos/a/b", "", true);
        CanonicalTarget odd = new CanonicalTarget("", "/repos/a%2Fb", "", false);

        assertThat(set.match("GET", issue, Set.of("x"), () -> null).tier()).isEqualTo(Tier.READ);
        assertThat(set.match("GET", odd, Set.of("x"), () -> null).tier()).isEqualTo(Tier.READ);
        assertThat(set.match("GET", odd, Set.of("do_what"), () -> null).tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(set.match("GET", issue, Set.of("x", "do_what"), () -> null))
                .isEqualTo(new Match(Optional.empty(), true, Tier.DESTRUCTIVE, Sight.unclear()));
    }

    @Test
    void endingCountsBeforeTheBeginning() {
        ToolSet set = SET.routes(
                Route.of("POST", "/repos/**").tier(Tier.WRITE),
                Route.of("POST", "/**/batch/{what}:delete").tier(Tier.DESTRUCTIVE));

        assertThat(set.match("POST", new CanonicalTarget("", "/repos/a/b/batch/all:DELETE", "", true))
                        .tier())
                .isEqualTo(Tier.DESTRUCTIVE);
        assertThat(set.match("POST", new CanonicalTarget("", "/batch/all:delete", "", true))
                        .tier())
                .isEqualTo(Tier.DESTRUCTIVE);
        assertThat(set.match("POST", new CanonicalTarget("", "/repos/batch/all:delete/x", "", true))
                        .tier())
                .isEqualTo(Tier.WRITE);
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTemplate.get("/**/x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Route.any("/**/x/**"));
    }

    @Test
    void hostsCanBeKnownTogether() {
        ToolSet set = SET.routes(
                Route.any("https://*.example.com/**"),
                Route.any("https://*.example.com/batch").anything());

        Match read = set.match("GET", new CanonicalTarget("https://mail.example.com", "/x", "", true));
        assertThat(read.tier()).isEqualTo(Tier.READ);
        assertThat(read.unclear()).as("a tool of another name").isTrue();
        assertThat(set.match("GET", new CanonicalTarget("https://mail.example.com", "/batch", "", true))
                        .tier())
                .isEqualTo(Tier.DESTRUCTIVE);
        assertThat(set.match("GET", new CanonicalTarget("https://mail.example.org", "/x", "", true))
                        .tier())
                .isEqualTo(Tier.DESTRUCTIVE);
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTemplate.get("https://*.example.com/x"));
    }

    /** A tool's address may be the API's own, or below it. */
    @Test
    void toolWithAnAddressOfItsOwnIsNotPassedOver() {
        ToolSet set = SET.with(Tool.named("wipe")
                .description("x")
                .input("{\"properties\": {\"x\": {}}, \"required\": [\"x\"]}")
                .tier(Tier.DESTRUCTIVE)
                .http(HttpTemplate.get("https://api.example.com/v1/wipe/{x}"))
                .build());
        CanonicalTarget wipe = new CanonicalTarget("", "/Wipe/all", "", true);
        CanonicalTarget other = new CanonicalTarget("", "/read/all", "", true);
        Match anything = new Match(Optional.empty(), true, Tier.DESTRUCTIVE, Sight.unclear());
        URI home = URI.create("https://api.example.com/v1/");

        assertThat(set.match("GET", wipe, Set.of(), () -> home)).isEqualTo(anything);
        assertThat(set.match("GET", wipe, Set.of(), () -> null)).isEqualTo(anything);
        assertThat(set.match("GET", wipe, Set.of(), () -> URI.create("https://eu.example.com/v1"))
                        .unclear())
                .isFalse();
        assertThat(set.match("GET", other, Set.of(), () -> home).tier()).isEqualTo(Tier.READ);
        assertThat(set.match("GET", other, Set.of(), () -> null).tier()).isEqualTo(Tier.READ);
        assertThat(set.match("POST", wipe, Set.of(), () -> home).tier()).isEqualTo(Tier.WRITE);
    }
}
