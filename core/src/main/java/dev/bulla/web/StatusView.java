package dev.bulla.web;

import dev.bulla.Member;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a member may know about own connections, as JSON fields: nothing secret, and nothing of anybody else. */
final class StatusView {
    private StatusView() {}

    /** Every account of the member, and every connection that waits for one. */
    static List<Map<String, Object>> of(Member member) {
        Set<String> usable = member.connectable().stream().map(Connection::name).collect(Collectors.toSet());
        List<Map<String, Object>> views = new ArrayList<>();
        Set<String> open = new java.util.TreeSet<>(usable);
        for (ConnectedAccount account : member.accounts()) {
            open.remove(account.connection());
            views.add(view(account, usable.contains(account.connection())));
        }
        for (String name : open) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("connection", name);
            fields.put("status", "NOT_CONNECTED");
            fields.put("ready", false);
            views.add(fields);
        }
        return views;
    }

    static Map<String, Object> view(ConnectedAccount account, boolean usable) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connection", account.connection());
        if (!account.label().isEmpty()) {
            fields.put("label", account.label());
        }
        fields.put("status", account.status().name());
        account.reason().ifPresent(reason -> fields.put("reason", reason.code()));
        fields.put("ready", account.ready() && usable);
        put(fields, "identity", account.displayName());
        put(fields, "expiresAt", account.expiresAt());
        put(fields, "refreshBy", account.refreshBy());
        fields.put("sealedTo", account.sealedTo().name());
        put(fields, "lastUsedAt", account.lastUsedAt());
        fields.put("missingScopes", account.missingScopes());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, Optional<?> value) {
        value.ifPresent(found -> fields.put(name, found.toString()));
    }
}
