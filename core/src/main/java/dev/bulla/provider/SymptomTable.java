package dev.bulla.provider;

import dev.bulla.error.Actor;
import dev.bulla.error.Place;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of a walkthrough that says what goes wrong, with three columns more than people are shown. Read strictly:
 *
 * <pre>
 * | Code | Told by | Where | What you see | Why | Who | What to do |
 * | --- | --- | --- | --- | --- | --- | --- |
 * | no_right | 403 PERMISSION_DENIED; 403 code=10 | connect | Calls answer 403 | The right is missing | Member | Connect again |
 * </pre>
 *
 * <p>Told by: {@code -} (nothing here), {@code callback}, {@code exchange} or {@code refused}, with an error code or none, {@code unverified}, {@code reconnect}, or
 * an answer of the API: its statuses ({@code any} for whatever is no success), then words, texts in quotes, fields as {@code name=value},
 * and headers as {@code @name=value}. Where: a code of {@link Place}, and the address of the service's page. Who: Member, Owner, Host or
 * Nobody.
 */
final class SymptomTable {
    private static final Pattern HEADER = Pattern.compile(
            "(?m)^\\| Code \\| Told by \\| Where \\| (What you see \\| Why \\| Who \\| What to do \\|)$");
    private static final Pattern TOKEN = Pattern.compile("\"([^\"]+)\"|(\\S+)");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,60}");
    private static final Map<String, Sight.Kind> OTHERS = Map.of(
            "-", Sight.Kind.UNSEEN,
            "callback", Sight.Kind.CALLBACK,
            "exchange", Sight.Kind.EXCHANGE,
            "refused", Sight.Kind.REFUSED,
            "unverified", Sight.Kind.UNVERIFIED,
            "reconnect", Sight.Kind.RECONNECT);
    private static final int HIDDEN = 3;
    private static final int CELLS = 7;

    private SymptomTable() {}

    /** The text as people read it: the table without the columns for programs. */
    static String plain(String text) {
        Matcher header = HEADER.matcher(text);
        if (!header.find()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.substring(0, header.start()));
        String rest = text.substring(header.start());
        for (String line : rest.split("(?<=\n)")) {
            out.append(line.startsWith("|") ? without(line) : line);
        }
        return out.toString();
    }

    private static String without(String line) {
        int from = 0;
        for (int column = 0; column < HIDDEN; column++) {
            from = line.indexOf('|', from + 1);
        }
        return line.substring(from);
    }

    /**
     * The rows; none where the table is of people's columns only.
     *
     * @throws IllegalArgumentException for a row that can not be read
     */
    static List<Symptom> read(String text) {
        Matcher header = HEADER.matcher(text);
        if (!header.find()) {
            return List.of();
        }
        Map<String, Symptom> symptoms = new LinkedHashMap<>();
        text.substring(header.end())
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("| ---"))
                .map(SymptomTable::symptom)
                .forEach(symptom -> {
                    if (symptoms.put(symptom.code(), symptom) != null) {
                        throw new IllegalArgumentException("'" + symptom.code() + "' stands there twice");
                    }
                });
        return List.copyOf(symptoms.values());
    }

    private static Symptom symptom(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("\\|")) {
            cells.add(cell.strip());
        }
        if (cells.size() != CELLS || !CODE.matcher(cells.get(0)).matches()) {
            throw new IllegalArgumentException("no row of symptoms: " + line);
        }
        List<String> where = List.of(cells.get(2).split(" "));
        return new Symptom(
                cells.get(0),
                List.of(cells.get(1).split(";")).stream()
                        .map(told -> sight(told.strip()))
                        .toList(),
                cells.get(3),
                cells.get(4),
                actor(cells.get(5)),
                Place.valueOf(where.get(0).toUpperCase(Locale.ROOT)),
                where.size() == 1 ? Optional.empty() : Optional.of(URI.create(where.get(1))),
                cells.get(6));
    }

    private static Actor actor(String who) {
        return who.equals("Nobody") ? Actor.PROVIDER : Actor.valueOf(who.toUpperCase(Locale.ROOT));
    }

    private static Sight sight(String told) {
        List<Integer> statuses = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        Matcher token = TOKEN.matcher(told);
        if (!token.find()) {
            throw new IllegalArgumentException("told by nothing");
        }
        String first = token.group();
        while (token.find()) {
            String word = token.group(1) == null ? token.group(2) : token.group(1);
            int equals = word.indexOf('=');
            if (word.startsWith("@") && equals > 0) {
                headers.put(word.substring(1, equals), word.substring(equals + 1));
            } else {
                words.add(word);
            }
        }
        Sight.Kind other = OTHERS.get(first);
        if (other != null) {
            return new Sight(other, statuses, words, headers);
        }
        if (!first.equals("any")) {
            for (String status : first.split(",")) {
                statuses.add(Integer.valueOf(status));
            }
        } else if (words.isEmpty()) {
            throw new IllegalArgumentException("an answer of any status says something");
        }
        return new Sight(Sight.Kind.ANSWER, statuses, words, headers);
    }
}
