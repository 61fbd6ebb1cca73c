package dev.bulla;

/** One tenant: the owner's connections and the members. A view without state; thread-safe. */
public final class Tenant {
    private final Wiring wiring;
    private final String id;

    Tenant(Wiring wiring, String id) {
        this.wiring = wiring;
        this.id = id;
    }

    /** The owner's side. The host has made sure that the caller is the owner. */
    public Connections connections() {
        return new Connections(wiring, id, "owner");
    }

    /** What was done in this tenant, for its owner. */
    public Audit audit() {
        return new Audit(wiring, id, null);
    }

    /** A member's side. The host has authenticated the member. No I/O. */
    public Member member(String member) {
        return new Member(wiring, id, Names.check(member, "member"));
    }
}
