package dev.bulla.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a call goes, in the one form that is matched and sent.
 *
 * @param origin empty where the address lies below the provider's API address; else scheme, host and port
 * @param path percent-encoded, below the API address or below the origin
 * @param query without the question mark, percent-encoded
 * @param plain whether no part of the path can be read in two ways
 */
public record CanonicalTarget(String origin, String path, String query, boolean plain) {
    /** The segments of the path, decoded; empty where one of them can be read in two ways. An empty last one is left out. */
    Optional<List<String>> segments() {
        if (!plain) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        String[] raw = path.startsWith("/") ? path.substring(1).split("/", -1) : path.split("/", -1);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i].isEmpty() && i == raw.length - 1) {
                break;
            }
            Optional<String> segment = Percent.decoded(raw[i]).filter(CanonicalTarget::isPlain);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(List.copyOf(segments));
    }

    private static boolean isPlain(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars()
                        .noneMatch(c -> c == '/' || c == '\\' || c == ';' || c == '%' || Character.isISOControl(c));
    }

    @Override
    public String toString() {
        return "CanonicalTarget[" + (plain ? "plain" : "unclear") + "]"; // a query may hold what is nobody's business
    }
}
