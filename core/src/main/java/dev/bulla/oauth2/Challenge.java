package dev.bulla.oauth2;

import dev.bulla.provider.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Bearer} challenge of an answer (RFC 6750 section 3, RFC 9110 section 11.6.1). A header may hold several challenges, and there
 * may be several headers: the first of this scheme counts, and of a parameter that stands in it twice none. Immutable.
 */
public final class Challenge {
    private static final int LONGEST = 8 << 10;
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G\\s*,?\\s*([A-Za-z0-9_.!#$%&'*+^`|~-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*))");
    private static final Pattern SCHEME =
            Pattern.compile("(?:^|,)\\s*([A-Za-z0-9_.!#$%&'*+^`|~-]+)(?=\\s+[A-Za-z0-9_.-]+\\s*=|\\s*(?:,|$))");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final Map<String, String> parameters;

    private Challenge(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Empty where there is none, or one that can not be read. */
    public static Optional<Challenge> of(HttpAnswer answer) {
        return answer.headers().getOrDefault("www-authenticate", List.of()).stream()
                .filter(header -> header.length() <= LONGEST)
                .flatMap(header -> in(header).stream())
                .findFirst();
    }

    private static Optional<Challenge> in(String header) {
        String plain = withoutQuoted(header);
        Matcher scheme = SCHEME.matcher(plain);
        while (scheme.find()) {
            if (scheme.group(1).equalsIgnoreCase("Bearer")) {
                int from = scheme.end(1);
                return Optional.of(
                        new Challenge(parameters(header, from, scheme.find() ? scheme.start() : header.length())));
            }
        }
        return Optional.empty();
    }

    /** Of the same length: what stands in quotes can be no scheme. */
    private static String withoutQuoted(String header) {
        StringBuilder plain = new StringBuilder(header);
        boolean quoted = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\' && i + 1 < plain.length()) {
                plain.setCharAt(i, '"');
                plain.setCharAt(++i, '"');
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                plain.setCharAt(i, '"');
            }
        }
        return plain.toString();
    }

    private static Map<String, String> parameters(String header, int from, int to) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(header).region(from, to);
        while (parameter.find()) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String value = parameter.group(2) == null
                    ? parameter.group(3)
                    : parameter.group(2).replaceAll("\\\\(.)", "$1");
            found.merge(name, value, (one, other) -> "");
        }
        return found;
    }

    /** The value of a parameter; empty also where it is the empty text. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The scopes that the request needs (RFC 6750 section 3); what is none is left out. */
    public List<String> scopes() {
        return parameter("scope").stream()
                .flatMap(scope -> List.of(scope.split(" ")).stream())
                .filter(scope -> SCOPE.matcher(scope).matches())
                .distinct()
                .limit(100)
                .toList();
    }

    /** Whether the token is good, but was given for less than the request needs (RFC 6750 section 3.1). */
    public boolean asksForMore() {
        return parameter("error").filter("insufficient_scope"::equals).isPresent();
    }
}
