package dev.bulla.trail;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Policy;
import dev.bulla.audit.AuditFormat;
import dev.bulla.json.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Entries as lines of a file. */
public final class Export {
    private Export() {}

    /** What stands before all entries. */
    public static String head(AuditFormat format) {
        return format == AuditFormat.CSV ? String.join(",", names()) + "\r\n" : "";
    }

    public static String line(AuditFormat format, AuditEntry entry) {
        return switch (format) {
            case CSV -> fields(entry).values().stream().map(Export::cell).collect(Collectors.joining(",")) + "\r\n";
            case JSON_LINES -> JsonTree.write(fields(entry)) + "\n";
        };
    }

    private static List<String> names() {
        return List.of(
                "id",
                "at",
                "tenant",
                "member",
                "session",
                "key",
                "grant",
                "remote",
                "client",
                "by",
                "connection",
                "connectionId",
                "provider",
                "label",
                "action",
                "tool",
                "method",
                "path",
                "tier",
                "resourceKind",
                "resourceId",
                "arguments",
                "decision",
                "reason",
                "policies",
                "message",
                "millis",
                "status",
                "outcome");
    }

    /** In the order of the names. */
    public static Map<String, Object> fields(AuditEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<Object> values = List.of(
                entry.id(),
                entry.at().toString(),
                entry.tenant(),
                entry.member(),
                entry.caller().session(),
                entry.caller().key(),
                entry.caller().grant(),
                entry.caller().remote(),
                entry.caller().client(),
                entry.caller().by(),
                entry.service().name(),
                entry.service().id(),
                entry.service().provider(),
                entry.service().label(),
                entry.act().action().name(),
                entry.act().tool(),
                entry.act().method(),
                entry.act().path(),
                entry.act().tier(),
                entry.act().resourceKind(),
                entry.act().resourceId(),
                entry.act().arguments(),
                entry.verdict().allowed() ? "ALLOW" : "DENY",
                entry.verdict().reason(),
                entry.verdict().policies().stream().map(Export::policy).toList(),
                entry.verdict().message(),
                entry.result().took().toMillis(),
                entry.result().status(),
                entry.result().outcome());
        for (int i = 0; i < values.size(); i++) {
            fields.put(names().get(i), values.get(i));
        }
        return fields;
    }

    private static Map<String, Object> policy(Policy policy) {
        return Map.of("id", policy.id(), "name", policy.name(), "version", policy.version());
    }

    /**
     * RFC 4180, always quoted. A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP's page on CSV
     * injection asks for.
     */
    private static String cell(Object value) {
        if (value instanceof Number number) {
            return number.toString();
        }
        String text = value instanceof List<?> list
                ? list.stream().map(Export::named).collect(Collectors.joining("; "))
                : value.toString();
        boolean formula = !text.isEmpty() && "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    private static String named(Object policy) {
        return policy instanceof Map<?, ?> map
                ? map.get("name") + " v" + map.get("version") + " (" + map.get("id") + ")"
                : "";
    }
}
