package dev.bulla.handshake;

import dev.bulla.provider.Secret;
import dev.bulla.vault.PlainJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was true when a flow began; sealed in its row and never changed. {@code toString} shows nothing.
 *
 * @param revision the connection's revision
 * @param anchor trust anchor of the endpoints
 * @param appId the app registration
 * @param redirectUri byte for byte as sent
 * @param instance parts of the service's address
 * @param scopes as asked for
 * @param verifier PKCE verifier
 * @param nonce for OpenID Connect
 * @param label which account of the member
 * @param returnTo where the browser goes in the end
 */
record FlowSnapshot(
        long revision,
        String anchor,
        String appId,
        String redirectUri,
        Map<String, String> instance,
        List<String> scopes,
        Secret verifier,
        String nonce,
        String label,
        String returnTo) {

    byte[] encode() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("revision", revision);
        out.put("anchor", anchor);
        out.put("app", appId);
        out.put("redirect", redirectUri);
        out.put("instance", instance);
        out.put("scopes", scopes);
        out.put("verifier", verifier.reveal());
        out.put("nonce", nonce);
        out.put("label", label);
        out.put("return", returnTo);
        return PlainJson.write(out);
    }

    static FlowSnapshot decode(byte[] bytes) {
        Map<String, Object> in = PlainJson.read(bytes);
        Map<String, String> instance = new LinkedHashMap<>();
        PlainJson.object(in, "instance").forEach((name, value) -> instance.put(name, String.valueOf(value)));
        return new FlowSnapshot(
                Objects.requireNonNullElse(PlainJson.numberOrNull(in, "revision"), 0L),
                PlainJson.text(in, "anchor"),
                PlainJson.text(in, "app"),
                PlainJson.text(in, "redirect"),
                instance,
                Objects.requireNonNullElse(PlainJson.textsOrNull(in, "scopes"), List.of()),
                Secret.of(PlainJson.text(in, "verifier")),
                PlainJson.text(in, "nonce"),
                PlainJson.text(in, "label"),
                PlainJson.text(in, "return"));
    }

    @Override
    public String toString() {
        return "FlowSnapshot[]";
    }
}
