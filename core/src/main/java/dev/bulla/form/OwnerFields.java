package dev.bulla.form;

import dev.bulla.model.Settings;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Field.Type;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.ServiceDiscovery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which fields an owner fills in, in the order of the form. Plain values, no I/O. */
public final class OwnerFields {
    /** The name of the scopes among {@link dev.bulla.model.Saved#ignored()} and in a form. */
    public static final String SCOPES = "scopes";

    private OwnerFields() {}

    /** The client id of an own app; needless where clients become known by themselves. */
    public static Field clientId(Provider provider) {
        Field field = named(provider, Settings.CLIENT_ID)
                .orElseGet(() -> Field.text(
                        Settings.CLIENT_ID,
                        "Client ID",
                        "of the app that you registered at " + provider.displayName()));
        return provider.discovery().isPresent() ? field.optional() : field;
    }

    /** The client secret of an own app: needed wherever clients authenticate themselves. */
    public static Field clientSecret(Provider provider) {
        Field field = named(provider, Settings.CLIENT_SECRET)
                .filter(Field::secret)
                .orElseGet(() -> Field.secret(
                        Settings.CLIENT_SECRET,
                        "Client secret",
                        "of the app that you registered at " + provider.displayName()));
        boolean needless = provider.discovery().isPresent()
                || provider.oauth2()
                        .filter(spec -> spec.clientAuthentication() == ClientAuthentication.NONE)
                        .isPresent();
        return needless ? field.optional() : field;
    }

    /** Scopes that new consents ask for. */
    static Field scopes(Provider provider) {
        Option[] known = provider.scopes().stream()
                .map(scope -> Option.of(scope.name(), scope.label()))
                .toArray(Option[]::new);
        String needed = names(provider, Scope::required);
        return Field.text(
                        SCOPES,
                        "Scopes",
                        needed.isEmpty()
                                ? "what members are asked to consent to"
                                : "what members are asked to consent to; always " + needed.replace("\n", ", "))
                .optional()
                .options(known)
                .as(Type.LIST)
                .preset(names(provider, scope -> scope.required() || scope.byDefault()));
    }

    private static String names(Provider provider, Predicate<Scope> which) {
        return provider.scopes().stream().filter(which).map(Scope::name).collect(Collectors.joining("\n"));
    }

    /**
     * The provider's own fields, with the parts of the service's address.
     *
     * @param provider as far as the connection's mode goes
     */
    public static List<Field> settings(Provider provider) {
        List<Field> fields = new ArrayList<>(provider.ownerFields());
        fields.removeIf(
                field -> field.name().equals(Settings.CLIENT_ID) || field.name().equals(Settings.CLIENT_SECRET));
        List<String> found = provider.discovery().map(ServiceDiscovery::names).orElse(List.of());
        for (String part : provider.instanceParts()) {
            if (!found.contains(part)
                    && fields.stream().noneMatch(field -> field.name().equals(part))) {
                fields.add(Field.text(part, part, "part of the service's address"));
            }
        }
        return List.copyOf(fields);
    }

    /** Whether connections of this mode have an app of the owner. */
    public static boolean takesApp(Mode mode) {
        return mode == Mode.OWN_APP;
    }

    /** Whether members consent to scopes in this mode. */
    public static boolean takesScopes(Mode mode) {
        return mode == Mode.OWN_APP || mode == Mode.MANAGED_APP;
    }

    private static java.util.Optional<Field> named(Provider provider, String name) {
        return provider.ownerFields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }
}
