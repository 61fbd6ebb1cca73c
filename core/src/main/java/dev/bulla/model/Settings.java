package dev.bulla.model;

import dev.bulla.provider.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a connection's settings, to be saved: what is not named here keeps its value. Immutable; {@code toString} shows names
 * only.
 */
public final class Settings {
    private static final Settings NONE = new Settings(Map.of(), Map.of(), null, null, null);

    private final Map<String, String> fields;
    private final Map<String, Secret> secrets;
    private final @Nullable List<String> scopes;
    private final @Nullable Boolean required;
    private final @Nullable Boolean memberKeyFirst;

    private Settings(
            Map<String, String> fields,
            Map<String, Secret> secrets,
            @Nullable List<String> scopes,
            @Nullable Boolean required,
            @Nullable Boolean memberKeyFirst) {
        this.fields = fields;
        this.secrets = secrets;
        this.scopes = scopes;
        this.required = required;
        this.memberKeyFirst = memberKeyFirst;
    }

    /** The name of the client id among {@link Saved#missing()} and {@link Saved#ignored()}. */
    public static final String CLIENT_ID = "clientId";

    /** The name of the client secret among {@link Saved#missing()} and {@link Saved#ignored()}. */
    public static final String CLIENT_SECRET = "clientSecret";

    /** Nothing yet. */
    public static Settings none() {
        return NONE;
    }

    /** Starts with a client id. */
    public static Settings clientId(String id) {
        return NONE.with(CLIENT_ID, id);
    }

    /** The client secret, write-only. */
    public Settings clientSecret(String secret) {
        return withSecret(CLIENT_SECRET, secret);
    }

    /** The scopes that new consents ask for; replaces the former list. */
    public Settings scopes(String... names) {
        return new Settings(fields, secrets, List.of(names), required, memberKeyFirst);
    }

    /** Whether the tenant counts as set up only when this connection is complete. */
    public Settings required(boolean value) {
        return new Settings(fields, secrets, scopes, value, memberKeyFirst);
    }

    /** Whether members need a key before they connect here, so that nothing is ever sealed to the host alone. */
    public Settings memberKeyFirst(boolean value) {
        return new Settings(fields, secrets, scopes, required, value);
    }

    /** A plain field of the provider. */
    public Settings with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Settings(more, secrets, scopes, required, memberKeyFirst);
    }

    /** A secret field of the provider, write-only. */
    public Settings withSecret(String name, String value) {
        Map<String, Secret> more = new LinkedHashMap<>(secrets);
        more.put(name, Secret.of(value));
        return new Settings(fields, more, scopes, required, memberKeyFirst);
    }

    /** The same, and then the others. */
    public Settings and(Settings others) {
        Map<String, String> allFields = new LinkedHashMap<>(fields);
        allFields.putAll(others.fields);
        Map<String, Secret> allSecrets = new LinkedHashMap<>(secrets);
        allSecrets.putAll(others.secrets);
        return new Settings(
                allFields,
                allSecrets,
                others.scopes == null ? scopes : others.scopes,
                others.required == null ? required : others.required,
                others.memberKeyFirst == null ? memberKeyFirst : others.memberKeyFirst);
    }

    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    public Map<String, Secret> secrets() {
        return Map.copyOf(secrets);
    }

    public Optional<List<String>> scopes() {
        return Optional.ofNullable(scopes);
    }

    public Optional<Boolean> required() {
        return Optional.ofNullable(required);
    }

    public Optional<Boolean> memberKeyFirst() {
        return Optional.ofNullable(memberKeyFirst);
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>(fields.keySet());
        names.addAll(secrets.keySet());
        return "Settings" + names;
    }
}
