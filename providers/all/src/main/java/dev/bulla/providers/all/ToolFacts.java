package dev.bulla.providers.all;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.Provider;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an agent may be offered at a service, and which things policies can mean there. */
final class ToolFacts {
    private ToolFacts() {}

    static List<Map<String, Object>> tools(Provider provider) {
        return provider.tools().tools().stream().map(ToolFacts::tool).toList();
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", tool.name());
        facts.put("title", tool.title());
        facts.put("description", tool.description());
        facts.put("tier", tool.tier().name().toLowerCase(Locale.ROOT));
        tool.http().map(HttpTemplate::method).ifPresent(method -> facts.put("method", method));
        tool.http().map(HttpTemplate::path).ifPresent(path -> facts.put("path", path));
        return facts;
    }

    /** Every kind that tools and paths speak of; those that can be listed with what is known of them. */
    static List<Map<String, Object>> entities(Provider provider) {
        return provider.tools().kinds().stream()
                .map(kind -> entity(provider, kind))
                .toList();
    }

    private static Map<String, Object> entity(Provider provider, ResourceKind kind) {
        List<EntitySource> sources = provider.entities().stream()
                .filter(source -> source.kind().equals(kind.name()))
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", kind.name());
        facts.put("label", kind.label());
        facts.put("listed", !sources.isEmpty());
        facts.put(
                "attributes",
                sources.stream()
                        .flatMap(source -> source.attributes().keySet().stream())
                        .distinct()
                        .toList());
        facts.put(
                "events",
                sources.stream()
                        .flatMap(source -> source.news().stream())
                        .map(EntitySource.News::type)
                        .distinct()
                        .toList());
        return facts;
    }
}
