package dev.bulla.integrations.springboot;

import dev.bulla.integrations.springboot.BullaProperties.ManagedApp;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.providers.all.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The host's providers: its beans, and those of the catalogue that it names. */
final class Providers {
    private Providers() {}

    static Provider[] of(BullaProperties properties, List<Provider> beans) {
        Map<String, Provider> found = new LinkedHashMap<>();
        for (Provider bean : beans) {
            if (found.put(bean.id(), bean) != null) {
                throw new SetupMissing(
                        "Two beans are the provider '" + bean.id() + "'.",
                        "Keep one of the two beans of type Provider.");
            }
        }
        if (!properties.providers().isEmpty()) {
            named(properties.providers()).forEach(found::putIfAbsent);
        }
        properties.apps().forEach((id, app) -> found.put(id, managed(found.get(id), id, app)));
        return found.values().toArray(Provider[]::new);
    }

    private static Map<String, Provider> named(List<String> names) {
        if (!ClassUtils.isPresent("dev.bulla.providers.all.Catalogue", Providers.class.getClassLoader())) {
            throw new SetupMissing(
                    "bulla.providers names providers, and the module with all of them is not on the class path.",
                    "Add dev.bulla:bulla-providers-all, or declare the providers as beans of type Provider in place of bulla.providers.");
        }
        return Named.of(names);
    }

    private static Provider managed(@Nullable Provider provider, String id, ManagedApp app) {
        String clientId = app.clientId();
        Secret secret = app.clientSecret();
        if (provider == null) {
            throw new SetupMissing(
                    "bulla.apps." + id + " belongs to no provider.",
                    "Name the provider in bulla.providers, declare it as a bean, or correct its id.");
        }
        if (clientId == null || secret == null) {
            throw new SetupMissing(
                    "bulla.apps." + id + " is not whole.",
                    "Set bulla.apps." + id + ".client-id and bulla.apps." + id + ".client-secret, or neither.");
        }
        return provider.managedBy(new Provider.ManagedApp(app.id() == null ? id : app.id(), clientId, secret));
    }

    /** Loaded where the catalogue is there, and asked for. */
    private static final class Named {
        static Map<String, Provider> of(List<String> names) {
            SortedSet<String> known = Catalogue.ids();
            Map<String, Provider> found = new LinkedHashMap<>();
            for (String name : names.contains("*") ? known : new TreeSet<>(names)) {
                if (!known.contains(name)) {
                    throw new SetupMissing(
                            "bulla.providers names '" + name + "', which is no provider.",
                            "Known are: " + String.join(", ", known) + ". Others are beans of type Provider.");
                }
                found.put(name, Catalogue.provider(name));
            }
            return found;
        }
    }
}
