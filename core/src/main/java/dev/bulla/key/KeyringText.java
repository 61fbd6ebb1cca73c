package dev.bulla.key;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a ring's file, read from its text, changed and written back. The format is described at
 * {@link HostKeyring}.
 */
final class KeyringText {
    private static final String HEADER = "bulla-host-keys 1";
    private static final Pattern NEXT = Pattern.compile("next ([1-9][0-9]{0,8})");
    private static final Pattern TERM =
            Pattern.compile("term ([1-9][0-9]{0,8}) (staged|active|old) ([0-9a-f]{64}) ([0-9a-f]{8})");
    private static final byte[] CHECK = "bulla host key check".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    private final String source;
    private final TreeMap<Integer, HostTerm> terms = new TreeMap<>();
    private int next;

    private KeyringText(String source) {
        this.source = source;
    }

    static KeyringText fresh() {
        KeyringText ring = new KeyringText("a new ring");
        ring.next = 2;
        ring.terms.put(1, new HostTerm(1, TermState.ACTIVE, randomKey()));
        return ring;
    }

    /** {@code source} names the origin in messages, which never hold a line of the text. */
    static KeyringText parse(String text, String source) {
        KeyringText ring = new KeyringText(source);
        int lineNo = 0;
        boolean header = false;
        for (String line : text.split("\r?\n", -1)) {
            lineNo++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!header) {
                if (!line.equals(HEADER)) {
                    throw ring.refused("does not begin with the line \"" + HEADER + "\"");
                }
                header = true;
            } else {
                ring.readLine(line, lineNo);
            }
        }
        if (!header) {
            throw ring.refused("is empty");
        }
        ring.requireWhole();
        return ring;
    }

    String write() {
        StringBuilder text =
                new StringBuilder("# Host keys of Bulla. Whoever has this file and the database reads every"
                        + " host-sealed token.\n" + HEADER + "\nnext " + next + "\n");
        for (HostTerm term : terms.values()) {
            text.append("term ").append(term.number).append(' ');
            text.append(term.state.name().toLowerCase(Locale.ROOT)).append(' ');
            text.append(HEX.formatHex(term.key)).append(' ');
            text.append(check(term.number, term.key)).append('\n');
        }
        return text.toString();
    }

    Iterable<HostTerm> terms() {
        return terms.values();
    }

    int stage() {
        int number = next++;
        terms.put(number, new HostTerm(number, TermState.STAGED, randomKey()));
        return number;
    }

    int activate(int number) {
        HostTerm chosen = require(number);
        terms.replaceAll((n, term) -> term.state == TermState.ACTIVE ? term.with(TermState.OLD) : term);
        terms.put(number, chosen.with(TermState.ACTIVE));
        return number;
    }

    int retire(int number) {
        if (require(number).state == TermState.ACTIVE) {
            throw refused("cannot lose term " + number + ", which is the active one: activate another first");
        }
        terms.remove(number);
        return number;
    }

    private void readLine(String line, int lineNo) {
        Matcher matcher = NEXT.matcher(line);
        if (matcher.matches() && next == 0) {
            next = Integer.parseInt(matcher.group(1));
            return;
        }
        matcher = TERM.matcher(line);
        if (!matcher.matches() || next == 0) {
            throw refused("is not of the host key format in line " + lineNo);
        }
        int number = Integer.parseInt(matcher.group(1));
        byte[] key = HEX.parseHex(matcher.group(3));
        if (!check(number, key).equals(matcher.group(4))) {
            throw refused("has a mistyped key or number in line " + lineNo + ": the check value does not match");
        }
        if (number >= next || (!terms.isEmpty() && number <= terms.lastKey())) {
            throw refused("has term " + number + " twice or out of order in line " + lineNo);
        }
        TermState state = TermState.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        terms.put(number, new HostTerm(number, state, key));
    }

    private void requireWhole() {
        long active = terms.values().stream()
                .filter(term -> term.state == TermState.ACTIVE)
                .count();
        if (active != 1) {
            throw refused("has " + active + " active terms instead of one");
        }
    }

    private HostTerm require(int number) {
        HostTerm term = terms.get(number);
        if (term == null) {
            throw refused("has no term " + number);
        }
        return term;
    }

    private BullaException refused(String what) {
        return new BullaException(ErrorCode.SETUP, "host keys: " + source + " " + what);
    }

    private static byte[] randomKey() {
        byte[] key = new byte[HostTerm.LENGTH];
        RANDOM.nextBytes(key);
        return key;
    }

    private static String check(int number, byte[] key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(CHECK);
            sha256.update(ByteBuffer.allocate(4).putInt(number).array());
            return HEX.formatHex(Arrays.copyOf(sha256.digest(key), 4));
        } catch (NoSuchAlgorithmException e) {
            throw new BullaException(ErrorCode.SETUP, "this JVM has no SHA-256");
        }
    }
}
