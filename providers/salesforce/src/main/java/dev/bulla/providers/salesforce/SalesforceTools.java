package dev.bulla.providers.salesforce;

import dev.bulla.provider.EntitySource;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;

/**
 * Tools, objects, and what calls without a tool are, by <a
 * href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_rest.htm">Salesforce's REST API</a> in version 67.0
 * (Summer '26; older versions are served for years), as far as stored copies of its pages show it. Objects are named by their API names,
 * whatever the case. A query names its objects in its text, so which one it touches is open. Everything beyond the rows of objects and
 * queries may be anything: what stands below a row (a relation's name leads to rows of other objects, and a quick action makes such),
 * composite and bulk requests, GraphQL, Apex, the tooling API (where a GET can run code), and other versions of the API.
 */
final class SalesforceTools {
    private static final String OBJECT = "object";
    private static final String DATA = "/services/data/v67.0";
    private static final String ROWS = DATA + "/sobjects/{object}";
    private static final String ROW = ROWS + "/{record_id}";
    private static final String NAME =
            "\"object\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z][A-Za-z0-9_]{0,79}$\", \"description\": \"API name: Account, Invoice__c\"}";
    private static final String RECORD =
            "\"record_id\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$\", \"description\": \"Id of the record\"}";

    private SalesforceTools() {}

    static ToolSet tools() {
        return ToolSet.of(ResourceKind.of(OBJECT, "Object")
                        .ignoringCase()
                        .canonical(name -> name.matches("[A-Za-z][A-Za-z0-9_]{0,79}") ? name : ""))
                .routes(
                        Route.any("/services/**").anything(),
                        of("GET", ROWS, Tier.READ),
                        of("POST", ROWS, Tier.WRITE),
                        of("GET", ROW, Tier.READ),
                        of("PATCH", ROW, Tier.WRITE),
                        of("DELETE", ROW, Tier.DESTRUCTIVE),
                        Route.of("GET", DATA + "/sobjects").touchesNothing().tier(Tier.READ),
                        Route.of("GET", DATA + "/query/**").tier(Tier.READ),
                        Route.of("GET", DATA + "/queryAll/**").tier(Tier.READ),
                        Route.of("GET", DATA + "/search").tier(Tier.READ),
                        Route.of("GET", DATA + "/recent").tier(Tier.READ),
                        Route.of("GET", DATA + "/limits/**").touchesNothing().tier(Tier.READ))
                .with(
                        tool(
                                        "list_objects",
                                        "List objects",
                                        "List the objects of the org, standard ones and custom ones, with what can be done with them.")
                                .http(HttpTemplate.get(DATA + "/sobjects"))
                                .touchesNothing()
                                .build(),
                        tool(
                                        "describe_object",
                                        "Describe an object",
                                        "List the fields of an object, with their types and values.")
                                .input(input(NAME, "object"))
                                .http(HttpTemplate.get(ROWS + "/describe"))
                                .build(),
                        tool(
                                        "query",
                                        "Query records",
                                        "Run a SOQL query: SELECT Id, Name FROM Account WHERE Industry = 'Media' LIMIT 50.")
                                .input(input(
                                        "\"soql\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 20000}",
                                        "soql"))
                                .http(HttpTemplate.get(DATA + "/query").parameter("q", "soql"))
                                .build(),
                        tool("query_more", "Query on", "Get the next records of a query.")
                                .input(input(
                                        "\"locator\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9]+-[0-9]+$\", \"description\": \"Last segment of nextRecordsUrl\"}",
                                        "locator"))
                                .http(HttpTemplate.get(DATA + "/query/{locator}"))
                                .build(),
                        tool(
                                        "search",
                                        "Search records",
                                        "Run a SOSL search: FIND {Mia} IN NAME FIELDS RETURNING Contact(Id, Name).")
                                .input(input(
                                        "\"sosl\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 20000}",
                                        "sosl"))
                                .http(HttpTemplate.get(DATA + "/search").parameter("q", "sosl"))
                                .build(),
                        tool("get_record", "Get a record", "Get fields of a record.")
                                .input(input(NAME + "," + RECORD + """
                                        , "fields": {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$"}, "description": "API names; all fields without it"}""", "object", "record_id"))
                                .http(HttpTemplate.get(ROW).joined("fields", "fields", ","))
                                .build(),
                        tool(
                                        "create_record",
                                        "Create a record",
                                        "Create a record. Every further argument is a field by its API name: \"LastName\": \"Example\".")
                                .input(open(NAME, "object"))
                                .http(HttpTemplate.post(ROWS))
                                .build(),
                        tool(
                                        "update_record",
                                        "Change a record",
                                        "Change fields of a record. Every further argument is a field by its API name.")
                                .input(open(NAME + "," + RECORD, "object", "record_id"))
                                .http(HttpTemplate.patch(ROW))
                                .build(),
                        tool("delete_record", "Delete a record", "Delete a record; it goes to the recycle bin.")
                                .input(input(NAME + "," + RECORD, "object", "record_id"))
                                .http(HttpTemplate.delete(ROW))
                                .build(),
                        tool("get_limits", "Get limits", "Get the org's limits and what is left of them.")
                                .http(HttpTemplate.get(DATA + "/limits"))
                                .touchesNothing()
                                .build());
    }

    private static Route of(String method, String path, Tier tier) {
        return Route.of(method, path).touches(OBJECT, "{object}").tier(tier);
    }

    /**
     * Objects. Their names are the org's own, and members of one connection may be in several orgs: so no attribute is kept that would
     * differ among them but whether the object is a custom one, which its name says too.
     */
    static EntitySource[] entities() {
        return new EntitySource[] {
            EntitySource.of(OBJECT, "Objects", "list_objects")
                    .items("sobjects")
                    .id("{name}")
                    .name("label")
                    .attribute("custom", "custom")
        };
    }

    private static Tool.Builder tool(String name, String title, String description) {
        return Tool.named(name).title(title).description(description);
    }

    private static String input(String properties, String... required) {
        return "{\"properties\": {" + properties + "}, \"required\": [\"" + String.join("\", \"", required) + "\"]}";
    }

    private static String open(String properties, String... required) {
        return "{\"additionalProperties\": true, " + input(properties, required).substring(1);
    }
}
