package dev.bulla.provider;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the things of one kind at a service are listed: repositories, channels, folders. Names and attributes are read, contents never.
 * A source is data: it names a tool of the provider and says where in the answer each fact stands.
 *
 * <p>A <em>path</em> is names joined by dots; {@code *} means every element of an array or member of an object. The empty path is the
 * answer itself. A <em>template</em> is text with paths in braces: <code>{owner.login}/{name}</code>. Immutable and thread-safe.
 */
public final class EntitySource {
    /** The longest name of an attribute, and the most attributes of a source. */
    private static final int MOST = 32;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** What an event says about a thing. */
    public enum Effect {
        /** It is there, and stands in the event. Where a fact of it does not, it is looked up before its attributes count. */
        TOLD,
        /** It is no more. */
        ENDED,
        /** It has changed in a way that the event does not tell in full: it is looked up before its attributes count again. */
        DOUBTED
    }

    /**
     * An event that says something about things of this kind.
     *
     * @param type of the event, as the provider's webhooks name it
     * @param effect what it says
     * @param at the path of the thing for {@code TOLD}, else the template of its id
     */
    public record News(String type, Effect effect, String at) {}

    /**
     * How one page leads to the next.
     *
     * @param argument of the tool that takes the next page
     * @param next path of the cursor in the answer, or null where pages are numbered
     * @param more path of a flag that says whether there is another page, or null
     * @param size how many a full page has, where pages are numbered: a shorter one is the last
     */
    public record Paging(
            String argument,
            @Nullable String next,
            @Nullable String more,
            int size) {
        /** The answer holds a cursor; the last page has none, or an empty one. */
        public static Paging cursor(String argument, String next) {
            return new Paging(argument, next, null, 0);
        }

        /** Pages are counted from 1. */
        public static Paging numbered(String argument, int size) {
            return new Paging(argument, null, null, size);
        }

        /** The same, where the cursor counts only while a flag of the answer is true. */
        public Paging whileTrue(String flag) {
            return new Paging(argument, next, flag, size);
        }
    }

    /**
     * How one thing is asked for.
     *
     * @param tool name of a tool
     * @param arguments the tool's arguments that take the id: its parts between slashes, in this order
     * @param at path of the thing in the answer
     */
    public record Lookup(String tool, List<String> arguments, String at) {
        public Lookup {
            arguments = List.copyOf(arguments);
        }
    }

    private final String kind;
    private final String label;
    private final String tool;
    private String arguments = "{}";
    private String items = "";
    private String id = "{id}";
    private List<String> names = List.of("name");
    private Map<String, String> attributes = Map.of();
    private @Nullable Paging paging;
    private @Nullable Lookup lookup;
    private List<News> news = List.of();

    private EntitySource(String kind, String label, String tool) {
        if (!NAME.matcher(kind).matches()) {
            throw new IllegalArgumentException("a kind has lower-case letters, digits and underscores");
        }
        this.kind = kind;
        this.label = label;
        this.tool = tool;
    }

    private EntitySource(EntitySource from) {
        this(from.kind, from.label, from.tool);
        arguments = from.arguments;
        items = from.items;
        id = from.id;
        names = from.names;
        attributes = from.attributes;
        paging = from.paging;
        lookup = from.lookup;
        news = from.news;
    }

    /**
     * @param kind as the provider's tools name what they touch
     * @param label what a person reads: {@code Repositories}
     * @param tool name of the tool that lists them
     */
    public static EntitySource of(String kind, String label, String tool) {
        return new EntitySource(kind, label, tool);
    }

    private EntitySource with(Consumer<EntitySource> change) {
        EntitySource copy = new EntitySource(this);
        change.accept(copy);
        return copy;
    }

    /** The tool's arguments, as a JSON object. */
    public EntitySource arguments(String json) {
        return with(copy -> copy.arguments = json);
    }

    /** Path of the array in the answer; without it the answer is the array. */
    public EntitySource items(String path) {
        return with(copy -> copy.items = path);
    }

    /** Template of the id; {@code {id}} without it. */
    public EntitySource id(String template) {
        return with(copy -> copy.id = template);
    }

    /** Paths of the name, the first that leads somewhere counts; {@code name} without it. */
    public EntitySource name(String... paths) {
        return with(copy -> copy.names = List.of(paths));
    }

    /**
     * A fact that policies may ask for. Texts, truth values and numbers are kept as texts; an array gives several, and an empty one says
     * that there is none. Members of one connection see each other's facts at work: none may be a fact that a member can make up, such as
     * one of an instance of the member's own.
     *
     * @param name lower-case letters, digits and underscores
     * @param path where it stands in an item. Where it leads nowhere, the fact is not known; with a question mark behind it, there surely is
     *     none
     */
    public EntitySource attribute(String name, String path) {
        if (!NAME.matcher(name).matches() || attributes.size() == MOST) {
            throw new IllegalArgumentException("an attribute has lower-case letters, digits and underscores");
        }
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(name, path);
        return with(copy -> copy.attributes = Collections.unmodifiableMap(more));
    }

    public EntitySource paged(Paging value) {
        return with(copy -> copy.paging = value);
    }

    /**
     * How one of them is asked for.
     *
     * @param at path of it in the answer
     * @param with the tool's arguments that take the id, or its parts between slashes
     */
    public EntitySource lookup(String byTool, String at, String... with) {
        return with(copy -> copy.lookup = new Lookup(byTool, List.of(with), at));
    }

    /** An event in which one of them stands, with its name. */
    public EntitySource told(String type, String at) {
        return heard(new News(type, Effect.TOLD, at));
    }

    /** An event that says that one of them is no more. */
    public EntitySource ended(String type, String idTemplate) {
        return heard(new News(type, Effect.ENDED, idTemplate));
    }

    /** An event that says that one of them has changed. */
    public EntitySource doubted(String type, String idTemplate) {
        return heard(new News(type, Effect.DOUBTED, idTemplate));
    }

    private EntitySource heard(News one) {
        List<News> more = new ArrayList<>(news);
        more.add(one);
        return with(copy -> copy.news = List.copyOf(more));
    }

    public String kind() {
        return kind;
    }

    public String label() {
        return label;
    }

    /** Name of the tool that lists them. */
    public String tool() {
        return tool;
    }

    public String arguments() {
        return arguments;
    }

    public String items() {
        return items;
    }

    public String id() {
        return id;
    }

    public List<String> names() {
        return names;
    }

    /** Paths by name. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public Optional<Paging> paging() {
        return Optional.ofNullable(paging);
    }

    public Optional<Lookup> lookup() {
        return Optional.ofNullable(lookup);
    }

    public List<News> news() {
        return news;
    }

    @Override
    public String toString() {
        return "EntitySource[" + kind + "]";
    }
}
