package dev.bulla.providers.github;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;

/**
 * Tools, repositories, and what calls without a tool are, for both kinds of app and for keys, by <a
 * href="https://docs.github.com/en/rest">GitHub's REST API</a> in version 2026-03-10, as <a
 * href="https://github.com/octokit/plugin-rest-endpoint-methods.js">GitHub's own client</a> has it in its state of 2026-08-01. Repositories
 * are named by owner and name, whatever the case. Changing a repository can make it public, changing a ref can throw work away, and what a
 * new collaborator, webhook or key carries away is not brought back: without a tool these count as destructive. A GraphQL call may be
 * anything, and so may one of a repository by its number, as GitHub itself writes the next page of a list. GitHub answers a repository's
 * former name with a redirect, which is not followed.
 */
final class GitHubTools {
    private static final String REPOSITORY = "repository";
    private static final String ID = "{owner}/{repo}";
    private static final String REPO = "/repos/{owner}/{repo}";
    private static final String WHICH = """
            "owner": {"type": "string", "description": "Account that owns the repository"},
            "repo": {"type": "string", "description": "Name of the repository, without the owner"}""";
    private static final String PAGES = """
            "per_page": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Results on a page; 30 without it"},
            "page": {"type": "integer", "minimum": 1, "description": "Number of the page; 1 without it"}""";
    private static final String ISSUE = """
            "issue_number": {"type": "integer", "minimum": 1, "description": "Number of the issue or pull request"}""";
    private static final String LABELS = """
            "labels": {"type": "array", "items": {"type": "string"}, "description": "Names of labels; they replace those that are set"}""";

    private GitHubTools() {}

    static ToolSet tools() {
        return ToolSet.of(ResourceKind.of(REPOSITORY, "Repository")
                        .ignoringCase()
                        .canonical(id -> id.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+") ? withoutEnding(id) : ""))
                .routes(
                        Route.any(REPO + "/**").touches(REPOSITORY, ID),
                        risky("POST", REPO + "/transfer"),
                        risky("PATCH", REPO),
                        risky("POST", REPO), // once taken for PATCH; that it no longer is, is said nowhere
                        risky("PATCH", REPO + "/git/refs/**"),
                        risky("POST", REPO + "/git/refs/{kind}/**"),
                        risky("PUT", REPO + "/collaborators/**"),
                        risky("POST", REPO + "/hooks"),
                        risky("PATCH", REPO + "/hooks/**"),
                        risky("POST", REPO + "/hooks/{hook}"),
                        risky("POST", REPO + "/keys"),
                        Route.of("POST", "/orgs/{org}/hooks").tier(Tier.DESTRUCTIVE),
                        Route.of("PATCH", "/orgs/{org}/hooks/**").tier(Tier.DESTRUCTIVE),
                        Route.of("POST", "/user/keys").tier(Tier.DESTRUCTIVE),
                        Route.any("https://uploads.github.com/repos/{owner}/{repo}/**")
                                .touches(REPOSITORY, ID),
                        Route.of("GET", "/user").touchesNothing(),
                        Route.of("GET", "/rate_limit").touchesNothing(),
                        Route.any("/repositories/**").anything(),
                        Route.of("GET", "/repositories/**").anything().tier(Tier.READ),
                        Route.any("/graphql").anything())
                .with(
                        tool("list_repositories", "List repositories", "List the repositories that you can reach.")
                                .input(input("""
                                        "visibility": {"enum": ["all", "public", "private"]},
                                        "affiliation": {"type": "string", "description": "Any of owner, collaborator, organization_member, joined by commas"},
                                        "sort": {"enum": ["created", "updated", "pushed", "full_name"]},""" + PAGES))
                                .http(HttpTemplate.get("/user/repos")
                                        .query("visibility", "affiliation", "sort", "per_page", "page"))
                                .touchesNothing()
                                .build(),
                        tool(
                                        "get_repository",
                                        "Get a repository",
                                        "Get a repository's description, settings and figures.")
                                .input(input(WHICH, "owner", "repo"))
                                .http(HttpTemplate.get(REPO))
                                .build(),
                        tool(
                                        "search_issues",
                                        "Search issues",
                                        "Search issues or pull requests everywhere you can look, in GitHub's search syntax. Every query says is:issue or"
                                                + " is:pull-request: repo:octo/hello is:issue is:open label:bug.")
                                .input(input("\"q\": {\"type\": \"string\", \"minLength\": 1}," + PAGES, "q"))
                                .http(HttpTemplate.get("/search/issues").query("q", "per_page", "page"))
                                .build(),
                        tool(
                                        "list_issues",
                                        "List issues",
                                        "List a repository's issues, the newest first. Pull requests are among them.")
                                .input(input(WHICH + """
                                        , "state": {"enum": ["open", "closed", "all"], "description": "open without it"},
                                        "labels": {"type": "string", "description": "Names of labels, joined by commas"},
                                        "since": {"type": "string", "description": "Changed since: 2026-01-31T00:00:00Z"},""" + PAGES, "owner", "repo"))
                                .http(HttpTemplate.get(REPO + "/issues")
                                        .query("state", "labels", "since", "per_page", "page"))
                                .build(),
                        tool("get_issue", "Get an issue", "Get an issue or pull request with its text.")
                                .input(input(WHICH + "," + ISSUE, "owner", "repo", "issue_number"))
                                .http(HttpTemplate.get(REPO + "/issues/{issue_number}"))
                                .build(),
                        tool("create_issue", "Create an issue", "Create an issue in a repository.")
                                .input(input(WHICH + """
                                        , "title": {"type": "string", "minLength": 1},
                                        "body": {"type": "string", "description": "Markdown"},""" + LABELS, "owner", "repo", "title"))
                                .http(HttpTemplate.post(REPO + "/issues"))
                                .build(),
                        tool(
                                        "update_issue",
                                        "Change an issue",
                                        "Change title, text, labels or state of an issue; close or reopen it.")
                                .input(input(WHICH + "," + ISSUE + """
                                        , "title": {"type": "string", "minLength": 1},
                                        "body": {"type": "string", "description": "Markdown; it replaces the text"},
                                        "state": {"enum": ["open", "closed"]},
                                        "state_reason": {"enum": ["completed", "not_planned", "duplicate", "reopened"]},""" + LABELS, "owner", "repo", "issue_number"))
                                .http(HttpTemplate.patch(REPO + "/issues/{issue_number}"))
                                .build(),
                        tool("add_issue_comment", "Comment on an issue", "Add a comment to an issue or pull request.")
                                .input(input(
                                        WHICH + "," + ISSUE
                                                + ", \"body\": {\"type\": \"string\", \"minLength\": 1, \"description\": \"Markdown\"}",
                                        "owner",
                                        "repo",
                                        "issue_number",
                                        "body"))
                                .http(HttpTemplate.post(REPO + "/issues/{issue_number}/comments"))
                                .build(),
                        tool(
                                        "list_pull_requests",
                                        "List pull requests",
                                        "List a repository's pull requests, the newest first.")
                                .input(input(WHICH + """
                                        , "state": {"enum": ["open", "closed", "all"], "description": "open without it"},
                                        "base": {"type": "string", "description": "Only into this branch"},""" + PAGES, "owner", "repo"))
                                .http(HttpTemplate.get(REPO + "/pulls").query("state", "base", "per_page", "page"))
                                .build(),
                        tool(
                                        "create_pull_request",
                                        "Create a pull request",
                                        "Ask for a branch to be merged into another one.")
                                .input(input(WHICH + """
                                        , "title": {"type": "string", "minLength": 1},
                                        "head": {"type": "string", "description": "Branch with the changes; owner:branch for one of a fork"},
                                        "base": {"type": "string", "description": "Branch to merge into"},
                                        "body": {"type": "string", "description": "Markdown"},
                                        "draft": {"type": "boolean"}""", "owner", "repo", "title", "head", "base"))
                                .http(HttpTemplate.post(REPO + "/pulls"))
                                .build(),
                        tool("merge_pull_request", "Merge a pull request", "Merge a pull request into its base branch.")
                                .input(input(WHICH + """
                                        , "pull_number": {"type": "integer", "minimum": 1},
                                        "merge_method": {"enum": ["merge", "squash", "rebase"]},
                                        "sha": {"type": "string", "description": "Merge only while this is the head of the pull request"}""", "owner", "repo", "pull_number"))
                                .http(HttpTemplate.put(REPO + "/pulls/{pull_number}/merge"))
                                .build(),
                        tool(
                                        "get_file",
                                        "Read a file",
                                        "Read a file of a repository as it is; of a directory, its list as JSON.")
                                .input(input(WHICH + """
                                        , "path": {"type": "string", "minLength": 1, "description": "src/main/App.java"},
                                        "ref": {"type": "string", "description": "Branch, tag or commit; the default branch without it"}""", "owner", "repo", "path"))
                                .http(HttpTemplate.get(REPO + "/contents/{path*}")
                                        .query("ref")
                                        .header("Accept", "application/vnd.github.raw+json"))
                                .build(),
                        tool("delete_file", "Delete a file", "Delete a file by a commit.")
                                .input(input(WHICH + """
                                        , "path": {"type": "string", "minLength": 1},
                                        "message": {"type": "string", "minLength": 1, "description": "Message of the commit"},
                                        "sha": {"type": "string", "description": "Blob SHA of the file that is deleted"},
                                        "branch": {"type": "string", "description": "The default branch without it"}""", "owner", "repo", "path", "message", "sha"))
                                .http(HttpTemplate.delete(REPO + "/contents/{path*}")
                                        .json())
                                .build(),
                        tool(
                                        "delete_repository",
                                        "Delete a repository",
                                        "Delete a repository with everything in it. It needs the scope delete_repo.")
                                .input(input(WHICH, "owner", "repo"))
                                .http(HttpTemplate.delete(REPO))
                                .build());
    }

    /** No repository's name ends with {@code .git}: it is what addresses for cloning add. */
    private static String withoutEnding(String id) {
        return id.replaceFirst("(?i)(?<=[^/])\\.git$", "");
    }

    private static Route risky(String method, String path) {
        return Route.of(method, path).touches(REPOSITORY, ID).tier(Tier.DESTRUCTIVE);
    }

    /**
     * Repositories, kept fresh by the event {@code repository} (<a
     * href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository">page</a>), in which they stand as in a list.
     */
    static EntitySource[] entities() {
        EntitySource repositories = EntitySource.of(REPOSITORY, "Repositories", "list_repositories")
                .arguments("{\"per_page\": 100, \"sort\": \"full_name\"}")
                .paged(Paging.numbered("page", 100))
                .id("{full_name}")
                .name("full_name")
                .attribute("visibility", "visibility")
                .attribute("archived", "archived")
                .attribute("fork", "fork")
                .attribute("topics", "topics")
                .lookup("get_repository", "", "owner", "repo")
                .ended("repository.deleted", "{repository.full_name}")
                .ended("repository.renamed", "{repository.owner.login}/{changes.repository.name.from}")
                .ended("repository.transferred", "{changes.owner.from.user.login}/{repository.name}")
                .ended("repository.transferred", "{changes.owner.from.organization.login}/{repository.name}");
        for (String action : new String[] {
            "created", "edited", "publicized", "privatized", "archived", "unarchived", "renamed", "transferred"
        }) {
            repositories = repositories.told("repository." + action, "repository");
        }
        return new EntitySource[] {repositories};
    }

    private static Tool.Builder tool(String name, String title, String description) {
        return Tool.named(name).title(title).description(description);
    }

    private static String input(String properties, String... required) {
        String names = required.length == 0 ? "" : "\"" + String.join("\", \"", required) + "\"";
        return "{\"properties\": {" + properties + "}, \"required\": [" + names + "]}";
    }
}
