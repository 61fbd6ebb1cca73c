package dev.bulla.store;

/**
 * Where Bulla keeps its rows. Everything secret in them is sealed already: a store sees bytes.
 *
 * <p>Rules for every verb:
 *
 * <ul>
 *   <li>It runs alone: an own connection and an own transaction, committed when it returns, never inside a transaction of the
 *       caller.
 *   <li>Conditional verbs compare and set; losing is {@link Write#MOVED} (or {@code false}), not an exception.
 *   <li>Verbs that take an attempt id are idempotent: called again with the same id after a {@link StoreException}, they answer as
 *       if the first call had answered. Attempt ids are unique for each attempt. A row remembers the last one only: once a later write
 *       has replaced it, the earlier call, repeated, is answered as overtaken.
 *   <li>Time is the database's: epoch milliseconds, the same for all nodes.
 *   <li>Ids, tenants, members, names and labels are compared byte by byte: case, accents and trailing blanks count.
 *   <li>Every store takes values up to the lengths of {@link Limits}. Longer ones are refused with an {@link
 *       IllegalArgumentException}; none is ever cut.
 * </ul>
 *
 * <p>Implementations are thread-safe and pass the contract kit of the testkit.
 */
public interface Store {
    /**
     * Checks that this store can be used: schema version, environment and that a write on one connection is seen on another.
     *
     * @param environment the name under which the host runs. The first start writes it into the store; later starts must bring the
     *     same one, so that a copied database refuses to work elsewhere
     * @throws StoreException of kind {@code SETUP} with what the host must do
     */
    void open(String environment);

    /** Database time in epoch milliseconds. */
    long now();

    ConnectionStore connections();

    MemberStore members();

    AccountStore accounts();

    FlowStore flows();

    GrantStore grants();

    UpkeepStore upkeep();

    BucketStore buckets();

    AuditStore audits();

    EntityStore entities();

    PolicyStore policies();

    ToolStore tools();

    WebhookStore webhooks();
}
