package dev.bulla.tool;

import dev.bulla.error.BullaException;
import dev.bulla.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that an agent may be offered at a service. It is called in one of three ways: by an HTTP template, by code of the host, or
 * at an MCP server. Immutable and thread-safe, as far as code of the host is.
 */
public final class Tool {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 8000;

    /** The name under which policies mean the hand-out of a token. */
    private static final String TOKEN = "token";

    private final Builder data;
    private final InputSchema schema;
    private final Tier tier;

    private Tool(Builder data, InputSchema schema, Tier tier) {
        this.data = data;
        this.schema = schema;
        this.tier = tier;
    }

    /** @param name lower-case letters, digits and underscores, at most 64; it stands in policies and never changes */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * A tool as JSON; {@link #toJson} writes it.
     *
     * <pre>{@code
     * {
     *   "name": "list_issues", "title": "List issues", "description": "Issues of a repository.", "tier": "read",
     *   "input": {"properties": {"owner": {"type": "string"}, "repo": {"type": "string"}, "state": {"enum": ["open", "closed"]}},
     *             "required": ["owner", "repo"]},
     *   "http": {"method": "GET", "path": "/repos/{owner}/{repo}/issues", "query": {"state": "{state}", "per_page": "50"}},
     *   "resource": {"kind": "repository", "id": "{owner}/{repo}"}
     * }
     * }</pre>
     *
     * <p>{@code tier} may be left out where the method says it. A value in {@code query} is an argument in braces, a fixed text, or
     * {@code {"argument": "labels", "join": ","}}. {@code http} may also have {@code headers}, {@code tokens} (name of a token set) and
     * {@code body}: {@code "none"}, {@code "json"} or {@code "form"} of the remaining arguments, or an object as a template.
     * {@code resource} may be {@code "none"}. In place of {@code http} stands {@code mcp} with {@code name} and {@code version} for a tool
     * of an MCP server.
     *
     * @throws IllegalArgumentException with the place that is not as it must be
     */
    public static Tool json(String json) {
        return ToolJson.read("", InputSchema.parsed(json, "the tool"));
    }

    public String name() {
        return data.name;
    }

    /** For people. */
    public String title() {
        return data.title.isEmpty() ? data.name : data.title;
    }

    /** For whoever has to choose among tools. */
    public String description() {
        return data.description;
    }

    /** The form of the arguments, as JSON Schema 2020-12. */
    public String inputSchema() {
        return JsonTree.write(schema.source());
    }

    public Tier tier() {
        return tier;
    }

    public Optional<HttpTemplate> http() {
        return Optional.ofNullable(data.http);
    }

    public Optional<McpCall> mcp() {
        return Optional.ofNullable(data.mcp);
    }

    public Optional<ToolHandler> handler() {
        return Optional.ofNullable(data.handler);
    }

    /** As JSON. @throws IllegalStateException for a tool in Java */
    public String toJson() {
        return JsonTree.write(ToolJson.tree(this));
    }

    /**
     * The arguments, checked against the schema, with its defaults.
     *
     * @throws BullaException {@code TOOL_ARGUMENTS} with the names of what does not fit
     */
    public Arguments arguments(String json) {
        return schema.read(json);
    }

    /**
     * The request that it sends for these arguments.
     *
     * @throws BullaException {@code TOOL_ARGUMENTS} where they do not fit
     * @throws IllegalStateException for a tool without an HTTP template
     */
    public ToolRequest request(String argumentsJson) {
        return http().orElseThrow(() -> new IllegalStateException(name() + " has no HTTP template"))
                .request(arguments(argumentsJson));
    }

    Optional<ResourceTemplate> resource() {
        return Optional.ofNullable(data.resource);
    }

    /** Whether it surely touches no resource, whatever it is called with. */
    public boolean touchesNothing() {
        return data.nothing;
    }

    InputSchema schema() {
        return schema;
    }

    @Override
    public String toString() {
        return "Tool[" + name() + ", " + tier + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String title = "";
        private String description = "";
        private @Nullable InputSchema input;
        private @Nullable Tier tier;
        private @Nullable HttpTemplate http;
        private @Nullable McpCall mcp;
        private @Nullable ToolHandler handler;
        private @Nullable ResourceTemplate resource;
        private boolean nothing;

        private Builder(String name) {
            if (!NAME.matcher(name).matches() || name.equals(TOKEN)) {
                throw new IllegalArgumentException(
                        "a tool's name has lower-case letters, digits and underscores, begins with a"
                                + " letter, has at most 64 of them and is not '" + TOKEN + "': '" + name + "'");
            }
            this.name = name;
        }

        private Builder(Builder from) {
            name = from.name;
            title = from.title;
            description = from.description;
            input = from.input;
            tier = from.tier;
            http = from.http;
            mcp = from.mcp;
            handler = from.handler;
            resource = from.resource;
            nothing = from.nothing;
        }

        /** For people; without one, the name. */
        public Builder title(String value) {
            title = value;
            return this;
        }

        /** What it does, for whoever has to choose among tools. */
        public Builder description(String value) {
            description = value;
            return this;
        }

        /**
         * The form of the arguments, as JSON Schema 2020-12 of an object. Known are {@code type, properties, required,
         * additionalProperties, items, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, minItems,
         * maxItems, pattern} and {@code default}, and what is only told. What is not declared is no argument, unless
         * {@code additionalProperties} says so. A text of more than 2,000 characters fits no pattern. Without a schema there are no
         * arguments.
         *
         * @throws IllegalArgumentException with the place in the schema that is not as it must be
         */
        public Builder input(String jsonSchema) {
            return input(InputSchema.of(jsonSchema, false));
        }

        Builder input(InputSchema value) {
            input = value;
            return this;
        }

        /** How much it can do; without one, what its HTTP method says. */
        public Builder tier(Tier value) {
            tier = value;
            return this;
        }

        /** It is one HTTP request. */
        public Builder http(HttpTemplate value) {
            http = value;
            return this;
        }

        /** It is code of the host. Its tier has to be said. */
        public Builder handler(ToolHandler value) {
            handler = value;
            return this;
        }

        /** It is a tool of an MCP server. */
        public Builder mcp(McpCall value) {
            mcp = value;
            return this;
        }

        /**
         * The resource that it touches, by its arguments: {@code "repository", "{owner}/{repo}"}. Without one, what the routes say of its
         * path; where those say nothing, it may touch any.
         */
        public Builder touches(String kind, String id) {
            resource = new ResourceTemplate(kind, id);
            return this;
        }

        /** It touches no resource. */
        public Builder touchesNothing() {
            nothing = true;
            return this;
        }

        /** @throws IllegalArgumentException with what is missing or does not go together */
        public Tool build() {
            InputSchema schema = input == null ? InputSchema.of("{}", false) : input;
            if (description.isBlank() || description.length() > LONGEST_DESCRIPTION || title.length() > LONGEST_TITLE) {
                throw refused("it says what it does, in at most " + LONGEST_DESCRIPTION
                        + " characters, and its title has at most " + LONGEST_TITLE);
            }
            long ways = java.util.stream.Stream.of(http, mcp, handler)
                    .filter(java.util.Objects::nonNull)
                    .count();
            if (ways != 1) {
                throw refused("it is called in one way: by an HTTP template, by code, or at an MCP server");
            }
            if (resource != null && nothing) {
                throw refused("it touches a resource, or none");
            }
            Tier can = tier != null ? tier : http != null ? Tier.of(http.method()) : null;
            if (can == null) {
                throw refused("its tier is missing");
            }
            if (resource != null) {
                declared(schema, resource.names());
            }
            if (http != null) {
                check(schema, http);
            }
            return new Tool(new Builder(this), schema, can);
        }

        private void check(InputSchema schema, HttpTemplate template) {
            declared(schema, template.arguments());
            for (String place : template.template().names()) {
                if (!schema.required().contains(place)) {
                    throw refused("'" + place + "' stands in its path, so it is a required argument");
                }
            }
            List<String> unused = new ArrayList<>(schema.names());
            unused.removeAll(template.arguments());
            if (!unused.isEmpty() && !template.takesRest()) {
                throw refused("these arguments are declared and go nowhere: " + unused);
            }
        }

        private void declared(InputSchema schema, Iterable<String> names) {
            for (String one : names) {
                if (!schema.names().contains(one)) {
                    throw refused("'" + one + "' is no argument that its input declares");
                }
            }
        }

        private IllegalArgumentException refused(String why) {
            return new IllegalArgumentException("tool " + name + ": " + why);
        }
    }
}
