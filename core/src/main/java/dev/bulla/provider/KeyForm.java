package dev.bulla.provider;

import java.util.List;
import java.util.Map;

/**
 * Services that are connected by filling in a form.
 *
 * @param fields the form
 * @param secretField name of the field that is the credential
 * @param verifier asks the service whether the values work
 */
public record KeyForm(List<Field> fields, String secretField, Verifier verifier) {
    public KeyForm {
        fields = List.copyOf(fields);
        if (fields.stream().noneMatch(field -> field.name().equals(secretField) && field.secret())) {
            throw new IllegalArgumentException("no secret field " + secretField);
        }
    }

    /** One call that shows whether the values work. */
    @FunctionalInterface
    public interface Verifier {
        /**
         * @param values the filled-in form, normalised and checked
         * @throws ProviderException {@code TERMINAL} where the service refuses the values; any other kind leaves it open
         */
        Verification verify(Map<String, Secret> values, ProviderHttp http);
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
