package dev.bulla.trail;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Act;
import dev.bulla.audit.AuditEntry.Caller;
import dev.bulla.audit.AuditEntry.Facts;
import dev.bulla.audit.AuditEntry.Policy;
import dev.bulla.audit.AuditEntry.Result;
import dev.bulla.audit.AuditEntry.Service;
import dev.bulla.audit.AuditEntry.Verdict;
import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.json.JsonTree;
import dev.bulla.provider.Json;
import dev.bulla.store.AuditRow;
import dev.bulla.store.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An entry as a row, and back. Whatever a caller has made up, such as the name of a tool that there is not, becomes a text that every
 * store takes: an entry that no store takes would be one that nobody sees.
 */
final class EntryRow {
    private static final int TEXT = 1_000;
    private static final int ARGUMENTS = 32_000;

    private EntryRow() {}

    static AuditRow of(AuditEntry entry) {
        Map<String, Object> details = new LinkedHashMap<>();
        put(details, "key", entry.caller().key());
        put(details, "remote", entry.caller().remote());
        put(details, "client", entry.caller().client());
        put(details, "by", entry.caller().by());
        put(details, "connectionId", entry.service().id());
        put(details, "provider", entry.service().provider());
        put(details, "label", entry.service().label());
        put(details, "method", entry.act().method());
        put(details, "path", entry.act().path());
        put(details, "tier", entry.act().tier());
        put(details, "resourceKind", entry.act().resourceKind());
        put(details, "resourceId", entry.act().resourceId());
        String arguments = entry.act().arguments();
        put(details, "arguments", arguments.length() > ARGUMENTS ? "{\"_\":\"too long\"}" : arguments, ARGUMENTS);
        put(details, "reason", entry.verdict().reason());
        put(details, "message", entry.verdict().message());
        List<Policy> policies = entry.verdict().policies();
        if (!policies.isEmpty()) {
            details.put(
                    "policies",
                    policies.stream()
                            .map(one -> Map.of("id", one.id(), "name", one.name(), "version", one.version()))
                            .toList());
        }
        Facts facts = entry.verdict().facts();
        put(details, "sight", facts.sight());
        put(details, "toolUnclear", facts.toolUnclear() ? 1 : 0);
        put(details, "denials", facts.denials());
        put(details, "set", facts.set());
        put(details, "rulesNo", facts.rulesNo());
        if (!facts.attributes().isEmpty()) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            facts.attributes().forEach((name, values) -> attributes.put(name, List.copyOf(values)));
            details.put("attributes", attributes);
        }
        put(details, "micros", entry.result().took().toNanos() / 1_000);
        put(details, "status", entry.result().status());
        put(details, "outcome", entry.result().outcome());
        return new AuditRow(
                entry.id(),
                entry.at().toEpochMilli(),
                entry.tenant(),
                entry.member(),
                plain(entry.service().name(), Limits.NAME),
                plain(entry.act().tool(), Limits.NAME),
                plain(entry.caller().session(), Limits.ID),
                plain(entry.caller().grant(), Limits.ID),
                entry.act().action().name(),
                entry.act().action().isUse(),
                entry.verdict().allowed(),
                policies.isEmpty() ? "" : policies.stream().map(Policy::id).collect(Collectors.joining("|", "|", "|")),
                JsonTree.write(details));
    }

    private static void put(Map<String, Object> details, String name, long value) {
        if (value != 0) {
            details.put(name, value);
        }
    }

    private static void put(Map<String, Object> details, String name, String value) {
        put(details, name, value, TEXT);
    }

    private static void put(Map<String, Object> details, String name, String value, int most) {
        if (!value.isEmpty()) {
            details.put(name, plain(value, most));
        }
    }

    /** Without control characters and halves of characters, and not too long. */
    private static String plain(String text, int most) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(one -> Character.isISOControl(one) || one >= 0xD800 && one <= 0xDFFF ? '?' : one)
                .takeWhile(one -> plain.length() + Character.charCount(one) <= most)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    static AuditEntry entry(AuditRow row) {
        Json details = details(row);
        List<Policy> policies = details.objects("policies").stream()
                .map(one -> new Policy(text(one, "id"), text(one, "name"), number(one, "version")))
                .toList();
        Facts facts = new Facts(
                number(details, "toolUnclear") != 0,
                text(details, "sight"),
                (int) number(details, "denials"),
                text(details, "set"),
                number(details, "rulesNo"),
                attributes(details));
        return new AuditEntry(
                row.id(),
                Instant.ofEpochMilli(row.madeAt()),
                row.tenant(),
                row.member(),
                new Caller(
                        row.session(),
                        (int) number(details, "key"),
                        row.grant(),
                        text(details, "remote"),
                        text(details, "client"),
                        text(details, "by")),
                new Service(
                        text(details, "connectionId"),
                        row.connection(),
                        text(details, "provider"),
                        text(details, "label")),
                new Act(
                        Action.of(row.action()),
                        row.tool(),
                        text(details, "method"),
                        text(details, "path"),
                        text(details, "tier"),
                        text(details, "resourceKind"),
                        text(details, "resourceId"),
                        text(details, "arguments")),
                new Verdict(row.allowed(), text(details, "reason"), policies, text(details, "message"), facts),
                new Result(
                        Duration.ofNanos(number(details, "micros") * 1_000),
                        (int) number(details, "status"),
                        text(details, "outcome")));
    }

    /** What can not be read leaves its columns: one row that somebody has damaged hides no other. */
    private static Json details(AuditRow row) {
        try {
            return StrictJson.document(row.details().getBytes(StandardCharsets.UTF_8));
        } catch (BullaException e) {
            return new Json(Map.of("outcome", "UNREADABLE"));
        }
    }

    private static Map<String, Set<String>> attributes(Json details) {
        Map<String, Set<String>> attributes = new LinkedHashMap<>();
        details.object("attributes")
                .ifPresent(known -> known.names().forEach(name -> {
                    Set<String> values = new TreeSet<>();
                    known.list(name).ifPresent(list -> list.forEach(value -> values.add(String.valueOf(value))));
                    attributes.put(name, Set.copyOf(values));
                }));
        return attributes;
    }

    private static String text(Json json, String name) {
        return json.text(name).orElse("");
    }

    private static long number(Json json, String name) {
        return json.number(name).map(BigDecimal::longValue).orElse(0L);
    }
}
