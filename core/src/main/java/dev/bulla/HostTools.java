package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Provider;
import dev.bulla.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tools that a host adds to providers. Not thread-safe. */
final class HostTools {
    private final Map<String, List<Tool>> tools = new LinkedHashMap<>();

    void add(String providerId, List<Tool> more) {
        tools.computeIfAbsent(providerId, id -> new ArrayList<>()).addAll(more);
    }

    /** The providers with them. */
    Map<String, Provider> on(Map<String, Provider> providers) {
        Map<String, Provider> all = new LinkedHashMap<>(providers);
        tools.forEach((id, more) -> {
            Provider provider = providers.get(id);
            if (provider == null) {
                throw new BullaException(ErrorCode.SETUP, "tools are added to '" + id + "', which is not registered");
            }
            try {
                all.put(id, provider.withTools(more.toArray(Tool[]::new)));
            } catch (IllegalArgumentException e) { // a developer's own words
                throw new BullaException(ErrorCode.SETUP, "tools of '" + id + "': " + e.getMessage());
            }
        });
        return all;
    }

    Map<String, Set<String>> names() {
        return tools.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(Tool::name).collect(Collectors.toSet())));
    }
}
