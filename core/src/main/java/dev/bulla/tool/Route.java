package dev.bulla.tool;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of calls by their path alone, for those that are no tool: which resource they touch, and how much they can do where the
 * method does not say. Of several that match, the one that says more of the path counts. Immutable.
 */
public final class Route {
    private final String method; // empty: any
    private final PathTemplate path;
    private final @Nullable ResourceTemplate resource;
    private final boolean nothing;
    private final @Nullable Tier tier;
    private final boolean anything;

    private Route(
            String method,
            PathTemplate path,
            @Nullable ResourceTemplate resource,
            boolean nothing,
            @Nullable Tier tier,
            boolean anything) {
        this.method = method;
        this.path = path;
        this.resource = resource;
        this.nothing = nothing;
        this.tier = tier;
        this.anything = anything;
    }

    /** @param path as a tool's; a last {@code **} is whatever follows, be it nothing */
    public static Route any(String path) {
        return new Route("", PathTemplate.of(path), null, false, null, false);
    }

    /** Of one method. GET means HEAD too. */
    public static Route of(String method, String path) {
        return new Route(method.toUpperCase(Locale.ROOT), PathTemplate.of(path), null, false, null, false);
    }

    /** @param id of places of the path: <code>{owner}/{repo}</code> */
    public Route touches(String kind, String id) {
        ResourceTemplate template = new ResourceTemplate(kind, id);
        if (!path.names().containsAll(template.names())) {
            throw new IllegalArgumentException("a resource is named by places of the path: " + path + ", " + id);
        }
        return new Route(method, path, template, false, tier, anything);
    }

    /** Calls of this path touch no resource. */
    public Route touchesNothing() {
        return new Route(method, path, null, true, tier, anything);
    }

    /** They can do this much, whatever their method. */
    public Route tier(Tier value) {
        return new Route(method, path, resource, nothing, value, anything);
    }

    /** What they do stands in their body: they may be any tool, touch any resource, and count as destructive. */
    public Route anything() {
        return new Route(method, path, null, false, Tier.DESTRUCTIVE, true);
    }

    boolean isOf(String verb) {
        return method.isEmpty() || method.equals(verb);
    }

    PathTemplate path() {
        return path;
    }

    Optional<ResourceTemplate> resource() {
        return Optional.ofNullable(resource);
    }

    boolean saysResource() {
        return resource != null || nothing || anything;
    }

    boolean isNothing() {
        return nothing;
    }

    Optional<Tier> tier() {
        return Optional.ofNullable(tier);
    }

    boolean isAnything() {
        return anything;
    }

    /** The path first, then the method. */
    String rank() {
        return path.rank() + (method.isEmpty() ? "" : "1");
    }

    @Override
    public String toString() {
        return "Route[" + (method.isEmpty() ? "any" : method) + " " + path + "]";
    }
}
