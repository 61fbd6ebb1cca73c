package dev.bulla.tool;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Set<String> named; // empty: whatever the call carries

    private Route(
            String method,
            PathTemplate path,
            @Nullable ResourceTemplate resource,
            boolean nothing,
            @Nullable Tier tier,
            boolean anything,
            Set<String> named) {
        this.method = method;
        this.path = path;
        this.resource = resource;
        this.nothing = nothing;
        this.tier = tier;
        this.anything = anything;
        this.named = named;
    }

    /**
     * @param path as a tool's; a last {@code **} is whatever follows, be it nothing, a first one whatever comes before; with {@code
     *     https://*.example.com} before it, on any host below
     */
    public static Route any(String path) {
        return new Route("", PathTemplate.of(path), null, false, null, false, Set.of());
    }

    /** Of one method. GET means HEAD too. */
    public static Route of(String method, String path) {
        return new Route(method.toUpperCase(Locale.ROOT), PathTemplate.of(path), null, false, null, false, Set.of());
    }

    /** @param id of places of the path: <code>{owner}/{repo}</code> */
    public Route touches(String kind, String id) {
        ResourceTemplate template = new ResourceTemplate(kind, id);
        if (!path.names().containsAll(template.names())) {
            throw new IllegalArgumentException("a resource is named by places of the path: " + path + ", " + id);
        }
        return new Route(method, path, template, false, tier, anything, named);
    }

    /** Calls of this path touch no resource. */
    public Route touchesNothing() {
        return new Route(method, path, null, true, tier, anything, named);
    }

    /** They can do this much, whatever their method. */
    public Route tier(Tier value) {
        return new Route(method, path, resource, nothing, value, anything, named);
    }

    /** What they do stands in their body: they may be any tool, touch any resource, and count as destructive. */
    public Route anything() {
        return new Route(method, path, null, false, Tier.DESTRUCTIVE, true, named);
    }

    /**
     * Only calls that carry one of these parameters, in their query or in their body (of a form, at the top of a JSON object): for services
     * that take a call for another one by them. It counts before all that the path says. Case does not count, nor dot, hyphen or underscore.
     */
    public Route naming(String... parameters) {
        Set<String> names = Stream.of(parameters)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_'))
                .collect(Collectors.toUnmodifiableSet());
        return new Route(method, path, resource, nothing, tier, anything, names);
    }

    boolean isNamed(Set<String> names) {
        return named.isEmpty() || !Collections.disjoint(named, names);
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

    /** The parameters first, then the path, then the method. */
    String rank() {
        return (named.isEmpty() ? "" : "9") + path.rank() + (method.isEmpty() ? "" : "1");
    }

    @Override
    public String toString() {
        return "Route[" + (method.isEmpty() ? "any" : method) + " " + path + "]";
    }
}
