package dev.bulla.testkit.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the ledger the way a user does: one line an app. */
final class Grants {
    private Grants() {}

    static List<Grant> of(String user, List<TokenFamily> families, Map<String, Client> clients, Instant now) {
        Map<String, List<TokenFamily>> byApp = new LinkedHashMap<>();
        families.stream()
                .filter(family -> family.user.equals(user) && family.alive(now))
                .forEach(family -> byApp.computeIfAbsent(family.clientId, id -> new ArrayList<>())
                        .add(family));
        List<Grant> grants = new ArrayList<>();
        byApp.forEach((clientId, living) -> {
            Set<String> scopes = new LinkedHashSet<>();
            living.forEach(family -> scopes.addAll(family.scopes));
            Client client = clients.get(clientId);
            grants.add(new Grant(
                    user,
                    clientId,
                    client == null ? clientId : client.name(),
                    List.copyOf(scopes),
                    living.get(0).since));
        });
        return grants;
    }
}
