package dev.bulla.tool;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a call is by its method and path. Used once. */
final class Matching {
    /** A tool or route that matches, with what stands in its places. */
    private record Hit<T>(T what, String rank, Map<String, String> places) {}

    private final Collection<Tool> tools;
    private final List<Route> routes;
    private final BiFunction<String, String, Sight> sight;
    private final Supplier<@Nullable URI> home;

    Matching(
            Collection<Tool> tools,
            List<Route> routes,
            BiFunction<String, String, Sight> sight,
            Supplier<@Nullable URI> home) {
        this.tools = tools;
        this.routes = routes;
        this.sight = sight;
        this.home = home;
    }

    Match of(String method, CanonicalTarget target) {
        String verb = method.toUpperCase(Locale.ROOT);
        Tier byMethod = Tier.of(verb);
        String read = verb.equals("HEAD") ? "GET" : verb;
        Optional<List<String>> segments = target.segments();
        if (segments.isEmpty()) {
            return new Match(Optional.empty(), true, most(read, byMethod), Sight.unclear());
        }
        if (target.origin().isEmpty() && mayStandElsewhere(read, segments.get())) {
            return new Match(Optional.empty(), true, most(read, byMethod), Sight.unclear());
        }
        List<Hit<Tool>> meant = best(tools.stream().flatMap(tool -> tool(tool, read, target.origin(), segments.get())));
        List<Hit<Route>> known = routes.stream()
                .filter(route -> route.isOf(read))
                .flatMap(route -> route.path().match(target.origin(), segments.get()).stream()
                        .map(places -> new Hit<>(route, route.rank(), places)))
                .toList();
        boolean strange = !target.origin().isEmpty()
                && meant.isEmpty()
                && known.stream().noneMatch(hit -> hit.what().saysResource());
        return judged(meant, known, strange && known.isEmpty() ? most(read, byMethod) : byMethod, strange);
    }

    /**
     * Whether a path below the API's address may be that of a tool that has an address of its own. Where the API's address is not known,
     * the last segments tell.
     */
    private boolean mayStandElsewhere(String verb, List<String> segments) {
        List<PathTemplate> others = tools.stream()
                .flatMap(tool -> tool.http().stream())
                .filter(http -> http.method().equals(verb))
                .map(HttpTemplate::template)
                .filter(PathTemplate::isAbsolute)
                .toList();
        if (others.isEmpty()) {
            return false;
        }
        URI base = home.get();
        if (base == null) {
            return others.stream().anyMatch(other -> other.mayEnd(segments));
        }
        String host = base.getHost().toLowerCase(Locale.ROOT) + (base.getPort() < 0 ? "" : ":" + base.getPort());
        List<String> whole =
                new ArrayList<>(Stream.of(String.valueOf(base.getPath()).split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .toList());
        whole.addAll(segments);
        return others.stream()
                .anyMatch(other -> other.match("https://" + host, whole).isPresent());
    }

    /** @param strange whether it goes to an address of which no more than that is known: it may be one that is known by another name */
    private Match judged(List<Hit<Tool>> meant, List<Hit<Route>> known, Tier byMethod, boolean strange) {
        List<Hit<Route>> levels =
                best(known.stream().filter(hit -> hit.what().tier().isPresent()));
        String toolRank = meant.isEmpty() ? "" : meant.get(0).rank();
        boolean routeCounts = !levels.isEmpty() && levels.get(0).rank().compareTo(toolRank) >= 0;
        boolean anything =
                routeCounts && levels.stream().anyMatch(hit -> hit.what().isAnything());
        Tier tier = null;
        for (Hit<Tool> hit : meant) {
            tier = hit.what().tier().or(tier == null ? Tier.READ : tier);
        }
        if (routeCounts) {
            for (Hit<Route> hit : levels) {
                tier = hit.what().tier().orElseThrow().or(tier == null ? Tier.READ : tier);
            }
        }
        boolean sure = meant.size() == 1
                && !anything
                && !meant.get(0).what().http().orElseThrow().isFixedFurther();
        if (sure) {
            Hit<Tool> hit = meant.get(0);
            return new Match(Optional.of(hit.what()), false, tier == null ? byMethod : tier, ofTool(hit, known));
        }
        boolean unclear = anything || !meant.isEmpty() || strange;
        Tier atMost = tier == null ? byMethod : meant.isEmpty() ? tier : tier.or(byMethod);
        return new Match(Optional.empty(), unclear, atMost, anything ? Sight.unclear() : ofTools(meant, known));
    }

    private Sight ofTools(List<Hit<Tool>> meant, List<Hit<Route>> known) {
        if (meant.isEmpty()) {
            return ofRoutes(known);
        }
        Set<Sight> sights = meant.stream().map(hit -> ofTool(hit, known)).collect(Collectors.toSet());
        return sights.size() == 1 ? sights.iterator().next() : Sight.unclear();
    }

    private Sight ofTool(Hit<Tool> hit, List<Hit<Route>> known) {
        if (hit.what().touchesNothing()) {
            return Sight.none();
        }
        return hit.what()
                .resource()
                .map(resource -> filled(resource, hit.places()))
                .orElseGet(() -> ofRoutes(known));
    }

    private Sight ofRoutes(List<Hit<Route>> known) {
        Set<Sight> sights = best(known.stream().filter(hit -> hit.what().saysResource())).stream()
                .map(hit -> hit.what().isNothing()
                        ? Sight.none()
                        : hit.what()
                                .resource()
                                .map(resource -> filled(resource, hit.places()))
                                .orElseGet(Sight::unclear))
                .collect(Collectors.toSet());
        return sights.size() == 1 ? sights.iterator().next() : Sight.unclear();
    }

    private Sight filled(ResourceTemplate resource, Map<String, String> places) {
        return resource.fill(name -> Optional.ofNullable(places.get(name)))
                .map(id -> sight.apply(resource.kind(), id))
                .orElseGet(Sight::unclear);
    }

    private static Stream<Hit<Tool>> tool(Tool tool, String verb, String origin, List<String> segments) {
        return tool.http().stream()
                .filter(http -> http.method().equals(verb))
                .flatMap(http -> http.template().match(origin, segments).stream()
                        .map(places -> new Hit<>(tool, http.template().rank() + "1", places)));
    }

    /** Those that say most of the path. */
    private static <T> List<Hit<T>> best(Stream<Hit<T>> hits) {
        List<Hit<T>> all = hits.toList();
        Optional<String> rank = all.stream().map(Hit::rank).max(Comparator.naturalOrder());
        return all.stream()
                .filter(hit -> rank.filter(hit.rank()::equals).isPresent())
                .toList();
    }

    /** The most that a call by this method can do, whatever its path is. */
    private Tier most(String verb, Tier byMethod) {
        Tier most = byMethod;
        for (Tool tool : tools) {
            if (tool.http().filter(http -> http.method().equals(verb)).isPresent()) {
                most = most.or(tool.tier());
            }
        }
        for (Route route : routes) {
            if (route.isOf(verb)) {
                most = most.or(route.tier().orElse(Tier.READ));
            }
        }
        return most;
    }
}
