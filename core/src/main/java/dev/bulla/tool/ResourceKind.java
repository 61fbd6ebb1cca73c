package dev.bulla.tool;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A kind of resource: repositories, channels, pages. Immutable.
 *
 * @param name lower-case letters, digits, hyphens and underscores; it stands in policies and never changes
 * @param ignoresCase whether ids that differ in case alone are the same
 * @param label the kind for people, such as {@code Repository}
 * @param form brings an id to the one form in which it is compared, where the service knows a thing by several; answers the empty text
 *     where it is no id of this kind
 */
public record ResourceKind(String name, boolean ignoresCase, String label, UnaryOperator<String> form) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,38}");
    private static final Pattern STRANGE = Pattern.compile("[:;,?#%*\\\\]");
    private static final int LONGEST = 500;

    public ResourceKind {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a kind of resource has lower-case letters, digits, hyphens and underscores, not '" + name + "'");
        }
    }

    /** Ids have none of {@code : ; , ? # % * \\}, which mean something else in addresses of many services. */
    public static ResourceKind of(String name, String label) {
        return new ResourceKind(name, false, label, id -> STRANGE.matcher(id).find() ? "" : id);
    }

    public ResourceKind ignoringCase() {
        return new ResourceKind(name, true, label, form);
    }

    public ResourceKind canonical(UnaryOperator<String> value) {
        return new ResourceKind(name, ignoresCase, label, value);
    }

    /** The form in which an id is compared; empty where this is no id of the kind. */
    public Optional<String> canonical(String id) {
        if (id.isEmpty()
                || id.length() > LONGEST
                || !id.equals(id.strip())
                || id.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        String one = form.apply(id);
        return one.isEmpty() ? Optional.empty() : Optional.of(ignoresCase ? one.toLowerCase(Locale.ROOT) : one);
    }

    @Override
    public String toString() {
        return "ResourceKind[" + name + "]";
    }
}
