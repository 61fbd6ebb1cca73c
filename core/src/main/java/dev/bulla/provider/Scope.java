package dev.bulla.provider;

/**
 * A scope that an owner can choose.
 *
 * @param name as it goes over the wire
 * @param label what a person reads
 * @param description what it allows
 * @param required whether it can not be left out
 * @param byDefault whether it is asked for when the owner chose nothing
 */
public record Scope(String name, String label, String description, boolean required, boolean byDefault) {
    public static Scope of(String name, String label) {
        return new Scope(name, label, "", false, false);
    }

    public Scope preset() {
        return new Scope(name, label, description, required, true);
    }

    public Scope needed() {
        return new Scope(name, label, description, true, true);
    }
}
