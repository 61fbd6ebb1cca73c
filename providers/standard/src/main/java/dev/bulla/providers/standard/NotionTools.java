package dev.bulla.providers.standard;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.Locale;

/**
 * Tools, pages, data sources and databases, by <a href="https://developers.notion.com/reference/intro">Notion's API</a> in version
 * 2026-03-11, as <a href="https://github.com/makenotion/notion-sdk-js">Notion's own client</a> has it in its state of 2026-08-20. An id is
 * the same with and without hyphens. A page is a block too, and where the content of a page is read, written or commented on Notion takes
 * the id of any block in its place: which page such a call touches is open. Changing a page or block can also put it into the trash or
 * erase it, so such a call without a tool counts as destructive. Since 2025-09-03 a database holds data sources, and rows are pages of one
 * of these.
 */
final class NotionTools {
    private static final String PAGE = "page";
    private static final String DATA_SOURCE = "data_source";
    private static final String DATABASE = "database";
    private static final String ID = "^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$";
    private static final String PAGE_ID = id("page_id", "Id of the page");
    private static final String DATA_SOURCE_ID = id("data_source_id", "Id of the data source");
    private static final String PAGES = """
            "page_size": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Results on a page; 100 without it"},
            "start_cursor": {"type": "string", "description": "next_cursor of the page before"}""";

    private NotionTools() {}

    static ToolSet tools() {
        return ToolSet.of(
                        ResourceKind.of(PAGE, "Page").canonical(NotionTools::hyphenated),
                        ResourceKind.of(DATA_SOURCE, "Data source").canonical(NotionTools::hyphenated),
                        ResourceKind.of(DATABASE, "Database").canonical(NotionTools::hyphenated))
                .routes(
                        Route.any("/v1/pages/{page}").touches(PAGE, "{page}"),
                        Route.any("/v1/pages/{page}/properties/**").touches(PAGE, "{page}"),
                        Route.of("PATCH", "/v1/pages/{page}/**").tier(Tier.DESTRUCTIVE),
                        Route.of("POST", "/v1/pages/{page}/move").anything(),
                        Route.of("PATCH", "/v1/blocks/{block}").tier(Tier.DESTRUCTIVE),
                        Route.any("/v1/data_sources/{source}/**").touches(DATA_SOURCE, "{source}"),
                        Route.of("PATCH", "/v1/data_sources/{source}")
                                .touches(DATA_SOURCE, "{source}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.any("/v1/databases/{database}/**").touches(DATABASE, "{database}"),
                        Route.of("PATCH", "/v1/databases/{database}")
                                .touches(DATABASE, "{database}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.of("POST", "/v1/search").tier(Tier.READ),
                        Route.of("GET", "/v1/users/**").touchesNothing())
                .with(
                        search("search_pages", "Search pages", "Find pages by their title.", PAGE),
                        search(
                                "search_data_sources",
                                "Search data sources",
                                "Find data sources, the tables of databases, by their title.",
                                DATA_SOURCE),
                        tool("get_page", "Get a page", "Get a page's properties, not its content.")
                                .input(input(PAGE_ID, "page_id"))
                                .http(HttpTemplate.get("/v1/pages/{page_id}"))
                                .build(),
                        tool("read_page", "Read a page", "Read a page's content as Markdown.")
                                .input(input(PAGE_ID, "page_id"))
                                .http(HttpTemplate.get("/v1/pages/{page_id}/markdown"))
                                .build(),
                        tool("create_page", "Create a page", "Create a page below another page.")
                                .input(input(
                                        id("parent_page_id", "Id of the page above") + """
                                        , "title": {"type": "string", "minLength": 1},
                                        "markdown": {"type": "string", "description": "Content, as Markdown"}""", "parent_page_id", "title"))
                                .http(HttpTemplate.post("/v1/pages").json("""
                                        {"parent": {"page_id": "{parent_page_id}"},
                                         "properties": {"title": {"title": [{"text": {"content": "{title}"}}]}},
                                         "markdown": "{markdown}"}"""))
                                .touches(PAGE, "{parent_page_id}")
                                .build(),
                        tool("create_row", "Create a row", "Create a page in a data source: a row of a database.")
                                .input(input(DATA_SOURCE_ID + """
                                        , "properties": {"type": "object", "description": "Values by name of the property, as Notion's API writes them"},
                                        "markdown": {"type": "string", "description": "Content, as Markdown"}""", "data_source_id", "properties"))
                                .http(HttpTemplate.post("/v1/pages").json("""
                                        {"parent": {"data_source_id": "{data_source_id}"}, "properties": "{properties}", "markdown": "{markdown}"}"""))
                                .touches(DATA_SOURCE, "{data_source_id}")
                                .build(),
                        tool("update_page", "Change a page's properties", "Change properties of a page or row.")
                                .input(input(PAGE_ID + """
                                        , "properties": {"type": "object", "description": "New values by name of the property, as Notion's API writes them"}""", "page_id", "properties"))
                                .http(HttpTemplate.patch("/v1/pages/{page_id}"))
                                .tier(Tier.WRITE)
                                .build(),
                        tool("append_text", "Append to a page", "Append a paragraph of text to a page.")
                                .input(input(
                                        PAGE_ID
                                                + ", \"text\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 2000}",
                                        "page_id",
                                        "text"))
                                .http(HttpTemplate.patch("/v1/blocks/{page_id}/children")
                                        .json("""
                                        {"children": [{"type": "paragraph", "paragraph": {"rich_text": [{"text": {"content": "{text}"}}]}}]}"""))
                                .build(),
                        tool("trash_page", "Delete a page", "Move a page to the trash, with everything below it.")
                                .input(input(PAGE_ID, "page_id"))
                                .http(HttpTemplate.patch("/v1/pages/{page_id}").json("{\"in_trash\": true}"))
                                .tier(Tier.DESTRUCTIVE)
                                .build(),
                        tool("delete_block", "Delete a block", "Move a block to the trash, with everything below it.")
                                .input(input(id("block_id", "Id of the block"), "block_id"))
                                .http(HttpTemplate.delete("/v1/blocks/{block_id}"))
                                .build(),
                        tool("list_comments", "List comments", "List the open comments on a page.")
                                .input(input(PAGE_ID + "," + PAGES, "page_id"))
                                .http(HttpTemplate.get("/v1/comments")
                                        .parameter("block_id", "page_id")
                                        .query("page_size", "start_cursor"))
                                .build(),
                        tool("add_comment", "Comment on a page", "Add a comment to a page.")
                                .input(input(
                                        PAGE_ID
                                                + ", \"text\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 2000}",
                                        "page_id",
                                        "text"))
                                .http(HttpTemplate.post("/v1/comments").json("""
                                        {"parent": {"page_id": "{page_id}"}, "rich_text": [{"text": {"content": "{text}"}}]}"""))
                                .touches(PAGE, "{page_id}")
                                .build(),
                        tool(
                                        "get_data_source",
                                        "Get a data source",
                                        "Get the properties, the columns, of a data source.")
                                .input(input(DATA_SOURCE_ID, "data_source_id"))
                                .http(HttpTemplate.get("/v1/data_sources/{data_source_id}"))
                                .build(),
                        tool(
                                        "query_data_source",
                                        "Query a data source",
                                        "List the rows of a data source, filtered and sorted.")
                                .input(input(DATA_SOURCE_ID + """
                                        , "filter": {"type": "object", "description": "As Notion's API writes it"},
                                        "sorts": {"type": "array", "items": {"type": "object"}},""" + PAGES, "data_source_id"))
                                .http(HttpTemplate.post("/v1/data_sources/{data_source_id}/query"))
                                .tier(Tier.READ)
                                .build(),
                        tool("get_database", "Get a database", "Get a database with the list of its data sources.")
                                .input(input(id("database_id", "Id of the database"), "database_id"))
                                .http(HttpTemplate.get("/v1/databases/{database_id}"))
                                .build());
    }

    private static Tool search(String name, String title, String description, String object) {
        return tool(name, title, description)
                .input(input(
                        "\"query\": {\"type\": \"string\", \"description\": \"Stands in the title; everything without it\"},"
                                + PAGES))
                .http(HttpTemplate.post("/v1/search").json("""
                        {"query": "{query}", "filter": {"property": "object", "value": "OBJECT"},
                         "page_size": "{page_size}", "start_cursor": "{start_cursor}"}""".replace("OBJECT", object)))
                .tier(Tier.READ)
                .build();
    }

    /**
     * Pages and data sources, as far as they were shared with the connection. <a
     * href="https://developers.notion.com/reference/webhooks-events-delivery">Webhooks</a> name what has changed, not how.
     */
    static EntitySource[] entities() {
        EntitySource pages = source(PAGE, "Pages", "search_pages", "get_page", "page_id")
                .name("properties.*.title.*.plain_text")
                .attribute("parent", "parent.page_id?")
                .attribute("data_source", "parent.data_source_id?")
                .doubted("page.properties_updated", "{entity.id}")
                .doubted("page.locked", "{entity.id}")
                .doubted("page.unlocked", "{entity.id}");
        EntitySource sources = source(
                        DATA_SOURCE, "Data sources", "search_data_sources", "get_data_source", "data_source_id")
                .name("title.*.plain_text")
                .attribute("database", "parent.database_id?")
                .doubted("data_source.schema_updated", "{entity.id}");
        return new EntitySource[] {pages, sources};
    }

    private static EntitySource source(String kind, String label, String list, String get, String argument) {
        return EntitySource.of(kind, label, list)
                .arguments("{\"page_size\": 100}")
                .items("results")
                .paged(Paging.cursor("start_cursor", "next_cursor").whileTrue("has_more"))
                .attribute("trashed", "in_trash")
                .attribute("locked", "is_locked")
                .lookup(get, "", argument)
                .ended(kind + ".deleted", "{entity.id}")
                .doubted(kind + ".undeleted", "{entity.id}")
                .doubted(kind + ".moved", "{entity.id}")
                .doubted(kind + ".content_updated", "{entity.id}");
    }

    private static String hyphenated(String id) {
        return id.matches(ID)
                ? id.replace("-", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                : "";
    }

    private static String id(String name, String description) {
        return "\"" + name + "\": {\"type\": \"string\", \"pattern\": \"" + ID + "\", \"description\": \"" + description
                + "\"}";
    }

    private static Tool.Builder tool(String name, String title, String description) {
        return Tool.named(name).title(title).description(description);
    }

    private static String input(String properties, String... required) {
        String names = required.length == 0 ? "" : "\"" + String.join("\", \"", required) + "\"";
        return "{\"properties\": {" + properties + "}, \"required\": [" + names + "]}";
    }
}
