package dev.bulla.testkit.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private final Map<String, String> values = new LinkedHashMap<>();

    Values(Map<String, String> form, String idToken) {
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
        values.put("id_token", idToken);
        values.putAll(form);
    }

    String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    /** What must stand in no URL, text form or message. */
    static List<String> canaries() {
        return List.of(CLIENT_SECRET, CODE, VERIFIER, ACCESS, REFRESH, NEW_ACCESS, NEW_REFRESH);
    }
}
