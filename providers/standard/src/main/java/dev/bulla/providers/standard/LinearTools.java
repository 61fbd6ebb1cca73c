package dev.bulla.providers.standard;

import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.Locale;
import java.util.Map;

/**
 * Tools, teams and projects of Linear, by the <a
 * href="https://github.com/linear/linear/blob/master/packages/sdk/src/schema.graphql">schema of its GraphQL API</a> in its state of
 * 2026-07-22. Every call goes to one path, so a call without a tool may be anything. An issue's team is not among the arguments of
 * tools that name an issue: which team they touch is open. A new issue touches its team and nothing else: it gets no project, which
 * could be a forbidden one. A change can put it into one.
 */
final class LinearTools {
    private static final String TEAM = "team";
    private static final String PROJECT = "project";
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String ISSUE =
            "id identifier title url priority dueDate createdAt updatedAt state { id name type }"
                    + " assignee { id name } team { id key name } project { id name }";
    private static final String NEXT = " pageInfo { hasNextPage endCursor }";
    private static final String TEAM_ID = uuid("teamId", "Id of the team");
    private static final String PAGES = """
            "first": {"type": "integer", "minimum": 1, "maximum": 250, "description": "Results on a page; 50 without it"},
            "after": {"type": "string", "description": "pageInfo.endCursor of the page before"}""";
    private static final String STATE_AND_PERSON =
            uuid("stateId", "Id of the workflow state") + "," + uuid("assigneeId", "Id of the person");
    private static final String FIELDS = """
            "title": {"type": "string", "minLength": 1},
            "description": {"type": "string", "description": "Markdown"},
            "priority": {"type": "integer", "minimum": 0, "maximum": 4, "description": "0 none, 1 urgent, 2 high, 3 medium, 4 low"},
            "dueDate": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "labelIds": {"type": "array", "items": {"type": "string"}},""" + STATE_AND_PERSON;

    /** What codes of errors mean, which stand in answers under status 200 too. */
    static final AnswerReader ANSWERS = AnswerReader.graphQl(Map.of(
            "AUTHENTICATION_ERROR", AnswerKind.UNAUTHORIZED,
            "FORBIDDEN", AnswerKind.FORBIDDEN,
            "RATELIMITED", AnswerKind.THROTTLED,
            "INTERNAL_SERVER_ERROR", AnswerKind.FAILED));

    private LinearTools() {}

    static ToolSet tools() {
        return ToolSet.of(
                        ResourceKind.of(TEAM, "Team").canonical(LinearTools::id),
                        ResourceKind.of(PROJECT, "Project").canonical(LinearTools::id))
                .routes(Route.any("/graphql").anything())
                .with(
                        read("list_teams", "List teams", "List the teams that you can see.")
                                .input(input(PAGES))
                                .http(query(
                                        "query($first: Int, $after: String) { teams(first: $first, after: $after) {"
                                                + " nodes { id key name visibility archivedAt retiredAt }" + NEXT
                                                + " } }",
                                        "first",
                                        "after"))
                                .touchesNothing()
                                .build(),
                        read("get_team", "Get a team", "Get a team.")
                                .input(input(TEAM_ID, "teamId"))
                                .http(query(
                                        "query($teamId: String!) { team(id: $teamId) { id key name description visibility archivedAt retiredAt } }",
                                        "teamId"))
                                .touches(TEAM, "{teamId}")
                                .build(),
                        read("list_projects", "List projects", "List the projects that you can see.")
                                .input(input(PAGES))
                                .http(query(
                                        "query($first: Int, $after: String) { projects(first: $first, after: $after) {"
                                                + " nodes { id name url trashed archivedAt status { type name } }"
                                                + NEXT + " } }",
                                        "first",
                                        "after"))
                                .touchesNothing()
                                .build(),
                        read("get_project", "Get a project", "Get a project with its description.")
                                .input(input(uuid("projectId", "Id of the project"), "projectId"))
                                .http(query(
                                        "query($projectId: String!) { project(id: $projectId) {"
                                                + " id name url description content trashed archivedAt status { type name } } }",
                                        "projectId"))
                                .touches(PROJECT, "{projectId}")
                                .build(),
                        read("list_users", "List people", "List the people of the workspace.")
                                .input(input(PAGES))
                                .http(query(
                                        "query($first: Int, $after: String) { users(first: $first, after: $after) {"
                                                + " nodes { id name displayName email active }" + NEXT + " } }",
                                        "first",
                                        "after"))
                                .touchesNothing()
                                .build(),
                        read(
                                        "list_workflow_states",
                                        "List workflow states",
                                        "List the states that a team's issues can have.")
                                .input(input(TEAM_ID, "teamId"))
                                .http(query(
                                        "query($teamId: ID!) { workflowStates(first: 250, filter: { team: { id: { eq: $teamId } } }) {"
                                                + " nodes { id name type position } } }",
                                        "teamId"))
                                .touches(TEAM, "{teamId}")
                                .build(),
                        read("list_issues", "List issues", "List a team's issues.")
                                .input(input(TEAM_ID + "," + PAGES, "teamId"))
                                .http(query(
                                        "query($teamId: ID!, $first: Int, $after: String) { issues(first: $first, after: $after,"
                                                + " filter: { team: { id: { eq: $teamId } } }) { nodes { " + ISSUE
                                                + " }" + NEXT + " } }",
                                        "teamId",
                                        "first",
                                        "after"))
                                .touches(TEAM, "{teamId}")
                                .build(),
                        read("search_issues", "Search issues", "Search the text of a team's issues.")
                                .input(input(
                                        "\"term\": {\"type\": \"string\", \"minLength\": 1}," + TEAM_ID + "," + PAGES,
                                        "term",
                                        "teamId"))
                                .http(query(
                                        "query($term: String!, $teamId: ID!, $first: Int, $after: String) { searchIssues(term: $term,"
                                                + " first: $first, after: $after, filter: { team: { id: { eq: $teamId } } }) { nodes { "
                                                + ISSUE + " }" + NEXT + " } }",
                                        "term",
                                        "teamId",
                                        "first",
                                        "after"))
                                .touches(TEAM, "{teamId}")
                                .build(),
                        read("get_issue", "Get an issue", "Get an issue with its text and comments.")
                                .input(input(
                                        "\"id\": {\"type\": \"string\", \"description\": \"Id, or identifier such as ENG-12\"}",
                                        "id"))
                                .http(query(
                                        "query($id: String!) { issue(id: $id) { " + ISSUE
                                                + " description comments(first: 50) { nodes { id body createdAt user { id name } } } } }",
                                        "id"))
                                .build(),
                        tool("create_issue", "Create an issue", "Create an issue in a team.", Tier.WRITE)
                                .input(input(TEAM_ID + "," + FIELDS, "teamId", "title"))
                                .http(mutation(
                                        "mutation($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { "
                                                + ISSUE + " } } }",
                                        "",
                                        "teamId",
                                        "title",
                                        "description",
                                        "priority",
                                        "dueDate",
                                        "labelIds",
                                        "stateId",
                                        "assigneeId"))
                                .touches(TEAM, "{teamId}")
                                .build(),
                        tool(
                                        "update_issue",
                                        "Change an issue",
                                        "Change title, text, state, person, project or other fields of an issue.",
                                        Tier.WRITE)
                                .input(input(
                                        "\"id\": {\"type\": \"string\", \"description\": \"Id, or identifier such as ENG-12\"},"
                                                + FIELDS + "," + uuid("projectId", "Id of the project"),
                                        "id"))
                                .http(mutation(
                                        "mutation($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) {"
                                                + " success issue { " + ISSUE + " } } }",
                                        "\"id\": \"{id}\", ",
                                        "title",
                                        "description",
                                        "priority",
                                        "dueDate",
                                        "labelIds",
                                        "stateId",
                                        "assigneeId",
                                        "projectId"))
                                .build(),
                        tool("add_comment", "Comment on an issue", "Add a comment to an issue.", Tier.WRITE)
                                .input(input("""
                                        "issueId": {"type": "string", "description": "Id of the issue"},
                                        "body": {"type": "string", "minLength": 1, "description": "Markdown"}""", "issueId", "body"))
                                .http(mutation(
                                        "mutation($input: CommentCreateInput!) { commentCreate(input: $input) { success comment { id url } } }",
                                        "",
                                        "issueId",
                                        "body"))
                                .build(),
                        tool(
                                        "delete_issue",
                                        "Delete an issue",
                                        "Move an issue to the trash, where it stays for 30 days.",
                                        Tier.DESTRUCTIVE)
                                .input(input(
                                        "\"id\": {\"type\": \"string\", \"description\": \"Id, or identifier such as ENG-12\"}",
                                        "id"))
                                .http(query("mutation($id: String!) { issueDelete(id: $id) { success } }", "id"))
                                .build(),
                        tool("delete_comment", "Delete a comment", "Delete a comment.", Tier.DESTRUCTIVE)
                                .input(input(
                                        "\"id\": {\"type\": \"string\", \"description\": \"Id of the comment\"}", "id"))
                                .http(query("mutation($id: String!) { commentDelete(id: $id) { success } }", "id"))
                                .build());
    }

    /**
     * Teams and projects. <a href="https://linear.app/developers/webhooks">Webhooks</a> tell of projects, and of teams by nothing that is
     * documented; a project stands there without its team's visibility.
     */
    static EntitySource[] entities() {
        EntitySource teams = EntitySource.of(TEAM, "Teams", "list_teams")
                .arguments("{\"first\": 100}")
                .items("data.teams.nodes")
                .paged(Paging.cursor("after", "data.teams.pageInfo.endCursor")
                        .whileTrue("data.teams.pageInfo.hasNextPage"))
                .name("name")
                .attribute("visibility", "visibility")
                .attribute("key", "key")
                .lookup("get_team", "data.team", "teamId");
        EntitySource projects = EntitySource.of(PROJECT, "Projects", "list_projects")
                .arguments("{\"first\": 100}")
                .items("data.projects.nodes")
                .paged(Paging.cursor("after", "data.projects.pageInfo.endCursor")
                        .whileTrue("data.projects.pageInfo.hasNextPage"))
                .name("name")
                .attribute("status", "status.type")
                .attribute("trashed", "trashed?")
                .lookup("get_project", "data.project", "projectId")
                .doubted("Project.update", "{data.id}")
                .ended("Project.remove", "{data.id}");
        return new EntitySource[] {teams, projects};
    }

    private static String id(String id) {
        return id.matches(UUID) ? id.toLowerCase(Locale.ROOT) : "";
    }

    private static String uuid(String name, String description) {
        return "\"" + name + "\": {\"type\": \"string\", \"pattern\": \"^" + UUID + "$\", \"description\": \""
                + description + "\"}";
    }

    /** @param variables names of arguments and of variables */
    private static HttpTemplate query(String text, String... variables) {
        return graphql(text, members(variables));
    }

    private static HttpTemplate mutation(String text, String before, String... fields) {
        return graphql(text, before + "\"input\": {" + members(fields) + "}");
    }

    private static HttpTemplate graphql(String text, String variables) {
        return HttpTemplate.post("/graphql").json("{\"query\": \"" + text + "\", \"variables\": {" + variables + "}}");
    }

    private static String members(String... names) {
        StringBuilder members = new StringBuilder();
        for (String name : names) {
            members.append(members.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(name)
                    .append("\": \"{")
                    .append(name)
                    .append("}\"");
        }
        return members.toString();
    }

    private static Tool.Builder read(String name, String title, String description) {
        return tool(name, title, description, Tier.READ);
    }

    private static Tool.Builder tool(String name, String title, String description, Tier tier) {
        return Tool.named(name).title(title).description(description).tier(tier);
    }

    private static String input(String properties, String... required) {
        String names = required.length == 0 ? "" : "\"" + String.join("\", \"", required) + "\"";
        return "{\"properties\": {" + properties + "}, \"required\": [" + names + "]}";
    }
}
