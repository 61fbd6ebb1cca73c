package dev.bulla.journeys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Secrets by kind, and every disguise in which one may lie in a text. */
final class Secrets {
    private final Map<String, Set<String>> disguises = new TreeMap<>();

    void add(String kind, String secret) {
        Set<String> all = disguises.computeIfAbsent(kind, any -> new TreeSet<>());
        all.add(secret);
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(secret.replace("/", "\\/"));
        add(kind, secret.getBytes(StandardCharsets.UTF_8));
    }

    void add(String kind, byte[] secret) {
        Set<String> all = disguises.computeIfAbsent(kind, any -> new TreeSet<>());
        String hex = HexFormat.of().formatHex(secret);
        all.add(hex);
        all.add(hex.toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            all.add(inBase64(secret, before, Base64.getEncoder()));
            all.add(inBase64(secret, before, Base64.getUrlEncoder()));
        }
    }

    /** What base64 makes of the secret wherever it stands in something longer: without the characters that its neighbours share. */
    private static String inBase64(byte[] secret, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = (before * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return encoded.substring(first, end);
    }

    Set<String> kinds() {
        return disguises.keySet();
    }

    /** Kinds of secrets that stand in a text, with what stands around the first of each. */
    Map<String, String> in(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        disguises.forEach((kind, all) -> all.stream()
                .filter(text::contains)
                .findFirst()
                .ifPresent(one -> found.put(kind, around(text, text.indexOf(one)))));
        return found;
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80));
    }
}
