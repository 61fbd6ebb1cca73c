package dev.bulla.providers.slack;

import static java.util.Map.entry;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tools, channels, and what calls without a tool are, by <a href="https://docs.slack.dev/apis/web-api">Slack's Web API</a>, as a <a
 * href="https://github.com/slack-ruby/slack-api-ref">copy of its reference</a> shows it in its state of 2026-08-20. A method is called by
 * GET or POST alike, so it is the method's name that says how much a call can do: a method that is not known here may be anything, and so
 * may a known tool's method in its other way. Slack also takes a channel's name in place of its id in some methods; these tools take ids
 * alone, so that a policy and Slack mean the same channel. Failures come under status 200 with {@code "ok": false}.
 */
final class SlackTools {
    private static final String CHANNEL = "channel";
    private static final String WHERE = """
            "channel": {"type": "string", "pattern": "^[CGD][A-Z0-9]{2,30}$", "description": "Id of the channel: C0123456789"}""";
    private static final String PAGES = """
            "limit": {"type": "integer", "minimum": 1, "maximum": 999, "description": "Results on a page, at most"},
            "cursor": {"type": "string", "description": "response_metadata.next_cursor of the page before"}""";

    /** Methods that only tell. */
    private static final List<String> READING = List.of(
            "auth.test",
            "bookmarks.list",
            "bots.info",
            "conversations.members",
            "emoji.list",
            "files.info",
            "files.list",
            "pins.list",
            "reactions.get",
            "reactions.list",
            "search.all",
            "search.files",
            "team.info",
            "usergroups.list",
            "usergroups.users.list",
            "users.conversations",
            "users.getPresence",
            "users.lookupByEmail",
            "users.profile.get");

    /** Methods that add or change. */
    private static final List<String> WRITING = List.of(
            "bookmarks.add",
            "bookmarks.edit",
            "chat.meMessage",
            "chat.postEphemeral",
            "chat.scheduleMessage",
            "chat.unfurl",
            "conversations.invite",
            "conversations.mark",
            "conversations.open",
            "conversations.rename",
            "conversations.setPurpose",
            "conversations.setTopic",
            "conversations.unarchive",
            "files.completeUploadExternal",
            "files.getUploadURLExternal",
            "pins.add");

    /** What the codes in answers under status 200 mean, as far as it is told apart. */
    static final Map<String, AnswerKind> FAILURES = Map.ofEntries(
            entry("invalid_auth", AnswerKind.UNAUTHORIZED),
            entry("not_authed", AnswerKind.UNAUTHORIZED),
            entry("account_inactive", AnswerKind.UNAUTHORIZED),
            entry("token_revoked", AnswerKind.UNAUTHORIZED),
            entry("token_expired", AnswerKind.UNAUTHORIZED),
            entry("missing_scope", AnswerKind.FORBIDDEN),
            entry("no_permission", AnswerKind.FORBIDDEN),
            entry("not_allowed_token_type", AnswerKind.FORBIDDEN),
            entry("restricted_action", AnswerKind.FORBIDDEN),
            entry("access_denied", AnswerKind.FORBIDDEN),
            entry("ratelimited", AnswerKind.THROTTLED),
            entry("internal_error", AnswerKind.FAILED),
            entry("fatal_error", AnswerKind.FAILED),
            entry("request_timeout", AnswerKind.FAILED),
            entry("service_unavailable", AnswerKind.FAILED));

    private SlackTools() {}

    static ToolSet tools() {
        return ToolSet.of(ResourceKind.of(CHANNEL, "Channel")
                        .canonical(id -> id.matches("[CGD][A-Z0-9]{2,30}") ? id : ""))
                .routes(routes())
                .with(
                        tool(
                                        "list_channels",
                                        "List channels",
                                        "List the channels of the workspace, with topic and number of members.")
                                .input(input("""
                                        "types": {"type": "string", "default": "public_channel", "description": "Any of public_channel, private_channel, mpim, im, joined by commas"},
                                        "exclude_archived": {"type": "boolean"},""" + PAGES))
                                .http(get("conversations.list").query("types", "exclude_archived", "limit", "cursor"))
                                .touchesNothing()
                                .build(),
                        tool("get_channel", "Get a channel", "Get name, topic and settings of a channel.")
                                .input(input(WHERE, "channel"))
                                .http(get("conversations.info").query("channel"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("read_channel", "Read a channel", "Read the messages of a channel, the newest first.")
                                .input(input(WHERE + """
                                        , "oldest": {"type": "string", "description": "Only after this time: 1512085950.000216"},
                                        "latest": {"type": "string", "description": "Only before this time"},""" + PAGES, "channel"))
                                .http(get("conversations.history")
                                        .query("channel", "oldest", "latest", "limit", "cursor"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("read_thread", "Read a thread", "Read a message and the replies to it.")
                                .input(input(
                                        WHERE
                                                + ", \"ts\": {\"type\": \"string\", \"description\": \"Time of the first message, its id\"},"
                                                + PAGES,
                                        "channel",
                                        "ts"))
                                .http(get("conversations.replies").query("channel", "ts", "limit", "cursor"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("list_users", "List people", "List the people of the workspace.")
                                .input(input(PAGES))
                                .http(get("users.list").query("limit", "cursor"))
                                .touchesNothing()
                                .build(),
                        tool("get_user", "Get a person", "Get name and profile of a person.")
                                .input(input(
                                        "\"user\": {\"type\": \"string\", \"pattern\": \"^[UW][A-Z0-9]{2,30}$\", \"description\": \"Id of the person\"}",
                                        "user"))
                                .http(get("users.info").query("user"))
                                .touchesNothing()
                                .build(),
                        tool(
                                        "search_messages",
                                        "Search messages",
                                        "Search messages in everything the person can see. It needs a token of the person with search:read.")
                                .input(input("""
                                        "query": {"type": "string", "minLength": 1, "description": "in:#general from:@mia deploy"},
                                        "count": {"type": "integer", "minimum": 1, "maximum": 100},
                                        "page": {"type": "integer", "minimum": 1, "maximum": 100}""", "query"))
                                .http(get("search.messages")
                                        .query("query", "count", "page")
                                        .tokens(Slack.USER))
                                .build(),
                        tool(
                                        "post_message",
                                        "Post a message",
                                        "Post a message to a channel, or as a reply in a thread.")
                                .input(input(WHERE + """
                                        , "text": {"type": "string", "minLength": 1, "maxLength": 40000, "description": "Slack's mrkdwn"},
                                        "thread_ts": {"type": "string", "description": "ts of the message that is replied to"},
                                        "reply_broadcast": {"type": "boolean", "description": "Show the reply in the channel too"}""", "channel", "text"))
                                .http(HttpTemplate.post("/api/chat.postMessage"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool(
                                        "update_message",
                                        "Change a message",
                                        "Replace the text of a message that was posted with this token.")
                                .input(input(WHERE + """
                                        , "ts": {"type": "string", "description": "ts of the message"},
                                        "text": {"type": "string", "minLength": 1, "maxLength": 4000}""", "channel", "ts", "text"))
                                .http(HttpTemplate.post("/api/chat.update"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("add_reaction", "Add a reaction", "Add an emoji to a message.")
                                .input(input(WHERE + """
                                        , "timestamp": {"type": "string", "description": "ts of the message"},
                                        "name": {"type": "string", "description": "Name of the emoji without colons: thumbsup"}""", "channel", "timestamp", "name"))
                                .http(HttpTemplate.post("/api/reactions.add"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("join_channel", "Join a channel", "Join a public channel.")
                                .input(input(WHERE, "channel"))
                                .http(HttpTemplate.post("/api/conversations.join"))
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool("create_channel", "Create a channel", "Create a public or private channel.")
                                .input(input("""
                                        "name": {"type": "string", "minLength": 1, "maxLength": 80, "description": "Lower-case letters, digits, hyphens and underscores"},
                                        "is_private": {"type": "boolean"}""", "name"))
                                .http(HttpTemplate.post("/api/conversations.create"))
                                .touchesNothing()
                                .build(),
                        tool("delete_message", "Delete a message", "Delete a message.")
                                .input(input(
                                        WHERE
                                                + ", \"ts\": {\"type\": \"string\", \"description\": \"ts of the message\"}",
                                        "channel",
                                        "ts"))
                                .http(HttpTemplate.post("/api/chat.delete"))
                                .tier(Tier.DESTRUCTIVE)
                                .touches(CHANNEL, "{channel}")
                                .build(),
                        tool(
                                        "archive_channel",
                                        "Archive a channel",
                                        "Close a channel; it can be read, and brought back.")
                                .input(input(WHERE, "channel"))
                                .http(HttpTemplate.post("/api/conversations.archive"))
                                .tier(Tier.DESTRUCTIVE)
                                .touches(CHANNEL, "{channel}")
                                .build());
    }

    private static Route[] routes() {
        return Stream.of(
                        Stream.of(Route.any("/api/**").anything()),
                        READING.stream().map(name -> Route.any("/api/" + name).tier(Tier.READ)),
                        WRITING.stream().map(name -> Route.any("/api/" + name).tier(Tier.WRITE)))
                .flatMap(all -> all)
                .toArray(Route[]::new);
    }

    /**
     * Channels, kept fresh by the <a href="https://docs.slack.dev/reference/events">events</a> {@code channel_*} and {@code group_*}. Those
     * tell ids and names, not whether a channel is private, archived or shared.
     */
    static EntitySource[] entities() {
        EntitySource channels = EntitySource.of(CHANNEL, "Channels", "list_channels")
                .arguments("{\"types\": \"public_channel,private_channel\", \"limit\": 200}")
                .items("channels")
                .paged(Paging.cursor("cursor", "response_metadata.next_cursor"))
                .name("name")
                .attribute("private", "is_private")
                .attribute("archived", "is_archived")
                .attribute("shared", "is_shared")
                .lookup("get_channel", "channel", "channel")
                .told("channel_created", "event.channel")
                .doubted("channel_shared", "{event.channel}")
                .doubted("channel_unshared", "{event.channel}")
                .ended("channel_id_changed", "{event.old_channel_id}");
        for (String family : List.of("channel_", "group_")) {
            channels = channels.ended(family + "deleted", "{event.channel}")
                    .told(family + "rename", "event.channel")
                    .doubted(family + "archive", "{event.channel}")
                    .doubted(family + "unarchive", "{event.channel}");
        }
        return new EntitySource[] {channels};
    }

    private static HttpTemplate get(String method) {
        return HttpTemplate.get("/api/" + method);
    }

    private static Tool.Builder tool(String name, String title, String description) {
        return Tool.named(name).title(title).description(description);
    }

    private static String input(String properties, String... required) {
        String names = required.length == 0 ? "" : "\"" + String.join("\", \"", required) + "\"";
        return "{\"properties\": {" + properties + "}, \"required\": [" + names + "]}";
    }
}
