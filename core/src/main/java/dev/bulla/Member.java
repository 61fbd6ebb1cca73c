package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.member.KeyLife;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Explanation;
import dev.bulla.model.Landing;
import dev.bulla.model.Origin;
import dev.bulla.model.Reason;
import dev.bulla.provider.Selection;
import dev.bulla.store.AccountRow;
import dev.bulla.vault.Opener;
import java.util.List;
import java.util.Map;

/** One member of a tenant, whom the host has authenticated. A view without state; thread-safe. */
public final class Member {
    private final Wiring wiring;
    private final String tenant;
    private final String id;

    Member(Wiring wiring, String tenant, String id) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.id = id;
    }

    /** The connections that a member can connect: enabled, complete, and not provided by the host itself. */
    public List<Connection> connectable() {
        return Guarded.call(() -> wiring.connections().list(tenant)).stream()
                .filter(connection ->
                        connection.usable() && connection.mode() != dev.bulla.provider.Mode.HOST_CREDENTIAL)
                .toList();
    }

    /** The member's accounts. */
    public List<ConnectedAccount> accounts() {
        return wiring.accounts().of(tenant, id);
    }

    /** The member's account on a connection, disconnected ones included. @throws BullaException {@code NOT_CONNECTED} */
    public ConnectedAccount account(String connection) {
        return accounts().stream()
                .filter(account -> account.connection().equals(connection)
                        && account.label().isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new BullaException(ErrorCode.NOT_CONNECTED, "the member has no account on this connection"));
    }

    /**
     * Why the member's account on a connection does not work, as far as that is known here: no service is asked. As it is without the
     * member's key; see {@link Session#explain}.
     */
    public Explanation explain(String connection) {
        return explain(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Explanation explain(String connection, String label) {
        return Guarded.call(() -> wiring.explaining().member(tenant, id, connection, label, false));
    }

    /**
     * Begins to connect an account, or to connect it again.
     *
     * @param returnTo where the browser goes in the end; on the host's list
     * @throws BullaException {@code NOT_ENABLED}, {@code NOT_CONFIGURED}, {@code RETURN_ADDRESS_REFUSED}, {@code TOO_MANY_FLOWS} and
     *     others that say who must act
     */
    public ConnectStep connect(String connection, String returnTo) {
        return connect(connection, "", returnTo);
    }

    /** The same for one of several accounts of the member on a connection, told apart by a label. */
    public ConnectStep connect(String connection, String label, String returnTo) {
        wiring.running().refuseClosed();
        return Guarded.call(() -> wiring.starting()
                .begin(wiring.connections().require(tenant, connection), id, Names.label(label, "label"), returnTo));
    }

    /** Receives the callback. Whatever arrives, the answer is a place to send the browser to; what happened is a result. */
    public Landing complete(CallbackRequest request) {
        try {
            Landing landing = Detached.call(wiring, () -> wiring.completing().complete(tenant, id, request));
            if (landing.outcome() instanceof Landing.Failed failed) {
                wiring.notices().meter().connectFailed(failed.code().name());
            }
            return landing;
        } catch (BullaException e) {
            return wiring.astray(e.code());
        }
    }

    /** The member's word on another identity: yes keeps it under the same account, no ends its tokens. */
    public Landing.Outcome confirmIdentity(String ticket, boolean yes) {
        return Detached.call(wiring, () -> wiring.switching().decide(tenant, id, ticket, yes));
    }

    /**
     * One page of what there is to choose, after {@link Landing.Choosing}: ids and names, at most 200 a page and 500 in all.
     *
     * @param query {@code Query.of(step)}, and from there into branches, by a text, or further on
     * @throws BullaException {@code SESSION_EXPIRED} for a ticket that is late, used, or another member's, {@code TOO_MANY_OPTIONS}, and
     *     what the service says
     */
    public Selection.Page options(String ticket, Selection.Query query) {
        return wiring.accounts().options(tenant, id, ticket, query, Opener.host());
    }

    /**
     * Chooses what an account stands for, in all steps at once. The service is asked whether that is the member's to choose.
     *
     * @param choices what is chosen in each step; a name that comes along is shown in place of the service's
     * @return {@link Landing.Connected}, or {@link Landing.Failed}: then the former choice stays, and the ticket is good for another try,
     *     unless the code is {@code SESSION_EXPIRED}
     * @throws BullaException where the service gives no answer; the ticket stays good
     */
    public Landing.Outcome choose(String ticket, Map<String, List<Selection.Choice>> choices) {
        return wiring.accounts().choose(tenant, id, ticket, choices, Opener.host());
    }

    /**
     * Connects by a filled-in form, in place of all that was filled in before. To change a part, see {@link #forms}.
     *
     * @throws BullaException {@code FORM_REFUSED} where values are missing or the service refuses them; nothing changes then
     */
    public ConnectedAccount submit(String connection, Map<String, String> values) {
        return submit(connection, "", values);
    }

    public ConnectedAccount submit(String connection, String label, Map<String, String> values) {
        return Detached.call(
                wiring,
                () -> wiring.forms()
                        .submit(
                                wiring.connections().require(tenant, connection),
                                id,
                                Names.label(label, "label"),
                                values));
    }

    /** The forms of the member's accounts, without the member's key. See {@link Session#forms}. */
    public MemberForms forms() {
        return new MemberForms(wiring, tenant, id, Opener::host);
    }

    /** Ends an account here, and at the service as far as that works without the member's key. See {@link Session#disconnect}. */
    public Disconnected disconnect(String connection) {
        return disconnect(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Disconnected disconnect(String connection, String label) {
        return wiring.accounts().disconnect(tenant, id, connection, label, Opener.host());
    }

    /** What this member did; not by which policy that was decided. */
    public Audit audit() {
        return new Audit(wiring, tenant, id);
    }

    /** The member's key. */
    public MemberKeys keys() {
        return new MemberKeys(wiring, tenant, id);
    }

    /** The grants that are out in the member's name. */
    public MemberGrants grants() {
        return new MemberGrants(wiring, tenant, id);
    }

    /** A session without the member's key: it opens host-sealed accounts only. */
    public Session session() {
        return session(Origin.UNKNOWN);
    }

    /** The same, with who asks from where. */
    public Session session(Origin origin) {
        return wiring.open(tenant, id, Opener.host(), origin, List.of());
    }

    /**
     * A session with the member's key. A key that was offered and not yet proven becomes the member's key by this.
     *
     * @throws BullaException {@code KEY_WRONG} where it is not the member's active or offered key
     */
    public Session session(MemberKey key) {
        return session(key, Origin.UNKNOWN);
    }

    /** The same, with who asks from where. */
    public Session session(MemberKey key, Origin origin) {
        return Guarded.call(() -> {
            KeyLife.Entry entry = wiring.keyLife().unlock(tenant, id, key);
            wiring.running().keyChanged(tenant, id, entry.opener().keyNo());
            return wiring.open(tenant, id, entry.opener(), origin, entry.accounts());
        });
    }

    /**
     * Removes the member: every account is ended as far as the host can open it, then everything of the member is deleted.
     *
     * @return how many accounts went
     */
    public int remove() {
        return Guarded.call(() -> {
            for (AccountRow account : wiring.store().accounts().ofMember(tenant, id)) {
                if (!account.status().equals(AccountStatus.DISCONNECTED.name())) {
                    wiring.store()
                            .connections()
                            .find(tenant, account.connectionId())
                            .ifPresent(connection -> wiring.parting()
                                    .end(connection, account.id(), Opener.host(), Reason.DISCONNECTED_BY_MEMBER));
                }
            }
            long at = wiring.notices().before();
            boolean known = wiring.store().members().find(tenant, id).isPresent();
            int accounts = wiring.store().members().remove(tenant, id);
            if (known) {
                wiring.notices().memberRemoved(tenant, id, accounts, at);
            }
            return accounts;
        });
    }
}
