package dev.bulla.testkit.provider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the placeholders of transcripts stand for. Every secret among them is a canary: it may go where it belongs and nowhere else. */
final class Values {
    static final String STATE = "state-Zk3vQ9xT1bY7mR5pW2cH8dJ4fL6nS0a";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String NONCE = "nonce-5fT8wQ2eXr9LkM3vBn6YhJ1cZs4Dg7Ap";
    static final String CODE = "code-canary-77aa";
    static final String CLIENT_ID = "client-7";
    static final String CLIENT_SECRET = "client-secret-canary-88bb";
    static final String ACCESS = "access-canary-11cc";
    static final String REFRESH = "refresh-canary-22dd";
    static final String NEW_ACCESS = "access-canary-33ee";
    static final String NEW_REFRESH = "refresh-canary-44ff";
    static final String REDIRECT = "https://host.example.com/bulla/callback/c1";

    private static final int DEPTH = 4;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)\\}");
    private static final Pattern FURTHER_TOKEN = Pattern.compile("[a-z]+_token_[a-z0-9]+");
    private static final Pattern BASE64 = Pattern.compile("base64\\(([^)]*)\\)");

    static final Values NONE = new Values(Map.of());

    private final Map<String, String> values;

    private Values(Map<String, String> values) {
        this.values = values;
    }

    static Values of(String issuer, Instant now) {
        Map<String, String> values = new LinkedHashMap<>(TestKeys.placeholders());
        values.put("state", STATE);
        values.put("code_challenge", CHALLENGE);
        values.put("code_verifier", VERIFIER);
        values.put("nonce", NONCE);
        values.put("code", CODE);
        values.put("client_id", CLIENT_ID);
        values.put("client_secret", CLIENT_SECRET);
        values.put("access_token", ACCESS);
        values.put("refresh_token", REFRESH);
        values.put("new_access_token", NEW_ACCESS);
        values.put("new_refresh_token", NEW_REFRESH);
        values.put("redirect_uri", REDIRECT);
        values.put("id_token", Issuer.idToken(issuer, now));
        return new Values(values);
    }

    /** The same with some of them replaced, and others added. */
    Values with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others);
        return new Values(all);
    }

    String get(String name) {
        return fill(values.getOrDefault(name, ""));
    }

    /** Values may hold placeholders of their own; what is none stays as it is, and <code>base64(...)</code> comes last. */
    String fill(String text) {
        return BASE64.matcher(filled(text, DEPTH))
                .replaceAll(match ->
                        Base64.getEncoder().encodeToString(match.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    private String filled(String text, int depth) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value = values.get(name);
            if (value == null) {
                boolean token = FURTHER_TOKEN.matcher(name).matches();
                return Matcher.quoteReplacement(token ? name.replace('_', '-') + "-canary" : match.group());
            }
            return Matcher.quoteReplacement(depth == 0 ? value : filled(value, depth - 1));
        });
    }

    /** What must stand in no URL, text form or message. */
    static List<String> canaries() {
        return List.of(CLIENT_SECRET, CODE, VERIFIER, ACCESS, REFRESH, NEW_ACCESS, NEW_REFRESH);
    }
}
