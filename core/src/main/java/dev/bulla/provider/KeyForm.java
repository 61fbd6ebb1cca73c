package dev.bulla.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Services that are connected by filling in a form.
 *
 * @param fields the form
 * @param secretField name of the field that is the credential
 * @param verifier asks the service whether the values work
 * @param minter where the values are no credential themselves: makes short-lived ones of them, with {@link TokenRefresher.Style#REMINT}
 *     and the values in {@link ProviderCall#form}; null where they are
 * @param readings values that stand within fields
 */
public record KeyForm(
        List<Field> fields,
        String secretField,
        Verifier verifier,
        @Nullable TokenRefresher minter,
        List<Reading> readings) {
    public KeyForm(List<Field> fields, String secretField, Verifier verifier) {
        this(fields, secretField, verifier, null);
    }

    public KeyForm(List<Field> fields, String secretField, Verifier verifier, @Nullable TokenRefresher minter) {
        this(fields, secretField, verifier, minter, List.of());
    }

    public KeyForm {
        fields = List.copyOf(fields);
        readings = List.copyOf(readings);
        if (fields.stream().noneMatch(field -> field.name().equals(secretField) && field.secret())) {
            throw new IllegalArgumentException("no secret field " + secretField);
        }
        if (minter != null && minter.style() != TokenRefresher.Style.REMINT) {
            throw new IllegalArgumentException("what is made of a form is minted");
        }
    }

    /** Whether the form is worth nothing without this field. */
    public boolean needed(Field field) {
        return !field.rule().byFlow() && (field.required() || field.name().equals(secretField));
    }

    /** What is left of the form in connections of one mode. */
    KeyForm in(Mode mode) {
        return new KeyForm(
                fields.stream()
                        .filter(field -> field.rule().modes().contains(mode))
                        .toList(),
                secretField,
                verifier,
                minter,
                readings);
    }

    /**
     * A value that nobody types, because it stands within another.
     *
     * @param name as of a field: such as a part of the API's address
     * @param field where it stands; a field from which it can not be read is refused
     * @param pattern matches the whole field, and its first group is the value
     */
    public record Reading(String name, String field, Pattern pattern) {}

    /** The same form, in which a value is read out of a field: {@code reading("dc", "api_key", ".*-(us[0-9]+)")}. */
    public KeyForm reading(String name, String field, String regex) {
        List<Reading> more = new ArrayList<>(readings);
        more.add(new Reading(name, field, Pattern.compile(regex)));
        return new KeyForm(fields, secretField, verifier, minter, more);
    }

    /**
     * A filled-in form.
     *
     * @param kept normalised values by field name
     * @param refused names of fields that are missing, or not of the form that they must have
     */
    public record Filled(Map<String, Secret> kept, List<String> refused) {}

    /** @param provider whose form it is: some fields are parts of its address */
    public Filled fill(Map<String, String> typed, Provider provider) {
        Map<String, Secret> kept = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (Field field : fields) {
            if (field.rule().byFlow()) {
                continue;
            }
            Optional<String> value = field.take(typed.getOrDefault(field.name(), ""))
                    .filter(normal -> normal.isEmpty() ? !needed(field) : provider.fits(field.name(), normal));
            if (value.isEmpty()) {
                refused.add(field.name());
            } else if (!value.get().isEmpty()) {
                kept.put(field.name(), Secret.of(value.get()));
            }
        }
        refused.addAll(read(kept, provider));
        return new Filled(kept, List.copyOf(refused));
    }

    /**
     * Adds what stands within fields.
     *
     * @param values by field name
     * @return names of fields from which nothing can be read
     */
    public List<String> read(Map<String, Secret> values, Provider provider) {
        List<String> unread = new ArrayList<>();
        for (Reading reading : readings) {
            Secret from = values.get(reading.field());
            Matcher matcher = reading.pattern().matcher(from == null ? "" : from.reveal());
            if (matcher.matches() && provider.fits(reading.name(), matcher.group(1))) {
                values.put(reading.name(), Secret.of(matcher.group(1)));
            } else if (from != null) {
                unread.add(reading.field());
            }
        }
        return unread;
    }

    /** One call that shows whether the values work. */
    @FunctionalInterface
    public interface Verifier {
        /**
         * @param values the filled-in form, normalised and checked
         * @param call the way out; its app has the connection's parts of the service's address, and no client
         * @throws ProviderException {@code TERMINAL} where the service refuses the values; any other kind leaves it open
         */
        Verification verify(Map<String, Secret> values, ProviderCall call);

        /** What is asked, for a catalogue; empty where there is no one address, or nothing to ask. */
        default Optional<String> url() {
            return Optional.empty();
        }

        /** The HTTP method, for a catalogue. */
        default String method() {
            return "GET";
        }

        /** Which answer counts as a yes, or why the service offers no way to tell, in a few words for a catalogue. */
        default String success() {
            return "";
        }

        /**
         * Where the answer says whose key it is, for a catalogue: the path of the stable id, with dots, then those of names. Empty where
         * it does not say, or not in one place.
         */
        default List<String> identity() {
            return List.of();
        }
    }

    /**
     * What the service said.
     *
     * @param verified true: the service accepted the values; false: the service offers no way to tell
     * @param identity whose account it is; a subject is needed so that a reconnect can compare
     * @param scopes rights of the key where the service names them
     */
    public record Verification(boolean verified, Identity identity, List<String> scopes) {}
}
