package dev.bulla.provider;

import java.util.List;

/**
 * A scope that an owner can choose.
 *
 * @param name as it goes over the wire
 * @param label what a person reads
 * @param description what there is to know beside the label; empty where that says it all
 * @param required whether it can not be left out
 * @param byDefault whether it is asked for when the owner chose nothing
 * @param covers scopes that are granted with this one, though the service names this one alone
 */
public record Scope(
        String name, String label, String description, boolean required, boolean byDefault, List<String> covers) {
    public Scope {
        covers = List.copyOf(covers);
    }

    public Scope(String name, String label, String description, boolean required, boolean byDefault) {
        this(name, label, description, required, byDefault, List.of());
    }

    /** A scope whose label says it all. */
    public static Scope of(String name, String label) {
        return of(name, label, "");
    }

    /** @param description what else there is to know, such as who must approve it */
    public static Scope of(String name, String label, String description) {
        return new Scope(name, label, description, false, false);
    }

    public Scope preset() {
        return new Scope(name, label, description, required, true, covers);
    }

    public Scope needed() {
        return new Scope(name, label, description, true, true, covers);
    }

    /** With others that come with it: who may write may read. */
    public Scope covering(String... names) {
        return new Scope(name, label, description, required, byDefault, List.of(names));
    }
}
