package dev.bulla;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallFailed;
import dev.bulla.error.CallRefused;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.gate.Caller;
import dev.bulla.gate.Errand;
import dev.bulla.gate.Forwarding;
import dev.bulla.gate.GrantPass;
import dev.bulla.gate.Passage;
import dev.bulla.key.Grant;
import dev.bulla.member.GrantKeeper;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Explanation;
import dev.bulla.model.Harvested;
import dev.bulla.model.Landing;
import dev.bulla.model.Origin;
import dev.bulla.model.Refreshed;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.store.AccountRow;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolResult;
import dev.bulla.tool.ToolSet;
import dev.bulla.use.AccountUse;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A member's opened door. With the member's key it opens everything of the member, without it host-sealed accounts only. It ends
 * after 15 minutes without use, after 8 hours in any case, when the key is replaced, and when it is closed; what was open is dropped
 * then. Opened with a grant it does what the grant is for, and nothing else: it calls, and says what there is to call; what changes
 * accounts, hands out tokens or makes grants is refused with {@code BEYOND_GRANT}. Thread-safe; not serialisable, on purpose: a
 * replicated web session must not carry it.
 */
public final class Session implements AutoCloseable {
    static final Duration IDLE = Duration.ofMinutes(15);
    private static final long IDLE_MILLIS = IDLE.toMillis();
    static final Duration ABSOLUTE = Duration.ofHours(8);

    private final Wiring wiring;
    private final String tenant;
    private final String member;
    private volatile Opener opener;
    private final AccountUse use;
    private final Caller caller;
    private final SessionTools tools;
    private final long end;
    private volatile long idleEnd;
    private volatile boolean closed;

    Session(
            Wiring wiring,
            String tenant,
            String member,
            Opener opener,
            Origin origin,
            @Nullable GrantPass grant,
            List<AccountRow> seen) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.member = member;
        this.opener = opener;
        this.use = wiring.use(tenant, member, opener, seen);
        this.caller = new Caller(
                tenant,
                member,
                origin,
                opener.keyNo(),
                grant,
                wiring.talks()
                        .join(
                                tenant,
                                member,
                                opener.keyNo(),
                                grant,
                                origin,
                                wiring.clock().millis()));
        this.tools = new SessionTools(wiring, caller, use, new SessionTools.Way() {
            @Override
            public <T> T pass(String connection, String label, Errand errand, Function<Passage, T> forward) {
                return Session.this.pass(connection, label, errand, forward);
            }
        });
        long now = wiring.clock().millis();
        this.end = now + ABSOLUTE.toMillis();
        this.idleEnd = now + IDLE_MILLIS;
    }

    /** Id of the member whose it is, also where a grant has opened it. */
    public String member() {
        return member;
    }

    /**
     * Random; audits say it. It opens nothing. Sessions of this node that are opened with one key or grant, under one {@link
     * Origin#clientSession}, or without one from one address, have the same until half an hour passes without a call; those without a key
     * have each their own. It changes where an owner resets it.
     */
    public String id() {
        return caller.talk().id();
    }

    /**
     * Calls the service's API with the member's credential, which is refreshed where that is due. A 401 leads to one refresh and one
     * repetition; a 403 is an answer, and {@link ApiResponse#kind} tells answers apart. The credential goes to hosts of the provider's
     * list only, and redirects are not followed. A call that may have arrived, and changes something, is never repeated.
     *
     * @param connection name of the connection
     * @return the answer, whatever its status
     * @throws CallRefused where the call is not let through, before anything is said of the account; it names the step
     * @throws CredentialUnavailable where there is no usable credential; it says who must act
     * @throws CallFailed where no answer came
     * @throws BullaException {@code HOST_NOT_ALLOWED} or {@code INVALID_ARGUMENT} where it is not sent as it stands
     */
    public ApiResponse call(String connection, ApiRequest request) {
        return call(connection, "", request);
    }

    /** The same for one of several accounts on a connection. */
    public ApiResponse call(String connection, String label, ApiRequest request) {
        return send(connection, label, Errand.call(request.request()));
    }

    /** A request by which an address for webhooks is registered or taken back, as the connection's owner wants it. */
    ApiResponse registering(String connection, String label, ApiRequest request) {
        own(connection, label, "register");
        return send(connection, label, Errand.registering(request.request()));
    }

    private ApiResponse send(String connection, String label, Errand errand) {
        return pass(connection, label, errand, passage -> {
            Forwarding.Answered answered = wiring.forwarding().send(passage, use, passage.request());
            return new ApiResponse(answered.answer(), passage.provider(), passage.answer(), passage.entry());
        });
    }

    /**
     * The tools that the member can use now: of connections that are switched on and complete, where the member has an account that works,
     * which are offered there, and which policies do not surely deny. {@link #explain(String)} says why a connection does not work,
     * {@link #explainTool} why a tool is not here.
     *
     * @return by connection, the oldest first
     * @throws CallRefused {@code MEMBER_NOT_APPROVED} or {@code TENANT_DISABLED}
     */
    public List<ToolEntry> tools() {
        admitted("", "", "tools");
        return Guarded.call(tools::list);
    }

    /**
     * Calls a tool, through everything that {@link #call} goes through.
     *
     * @param name as {@link #tools} says it, {@code service__tool}
     * @param argumentsJson a JSON object; empty: no arguments
     * @return what the service, or the tool's code, answered
     * @throws BullaException {@code TOOL_ARGUMENTS} where the name has no service before it, or the arguments do not fit the tool's schema;
     *     {@code TOOL_UNKNOWN} where there is no such service or tool, or it is not offered; otherwise as {@link #call} does
     */
    public ToolResult callTool(String name, String argumentsJson) {
        return callTool(name, "", argumentsJson);
    }

    /** The same with one of several accounts on a connection. */
    public ToolResult callTool(String name, String label, String argumentsJson) {
        alive();
        return Guarded.call(() -> tools.call(name, label, argumentsJson));
    }

    /** What the MCP server of a connection lists to the member; for an owner who takes it over. */
    ToolSet upstreamTools(String ofTenant, String connection, String label) {
        own(connection, label, "import");
        if (!tenant.equals(ofTenant)) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the session is of another tenant");
        }
        return Guarded.call(() -> tools.upstream(connection, label));
    }

    /**
     * The access token itself, for a vendor's SDK, refreshed where that is due. From here on this library no longer sees where it goes,
     * nor keeps it fresh: it is asked for before each use, and a 401 that the SDK meets is for {@link #invalidate}.
     *
     * @throws CredentialUnavailable as {@link #call} does
     * @throws BullaException {@code SETUP} where the host forbade it
     */
    public Secret tokenForSdk(String connection) {
        return tokenForSdk(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Secret tokenForSdk(String connection, String label) {
        own(connection, label, Errand.Kind.TOKEN, "token");
        wiring.allowTokenForSdk();
        return pass(
                connection,
                label,
                Errand.TOKEN,
                passage -> use.open(passage.seen()).mainToken());
    }

    /**
     * Says that the service refused a token of {@link #tokenForSdk} with a 401. However many callers say so of one token, on however
     * many nodes, it is refreshed once; where it has been replaced already, nothing is sent.
     *
     * @return the token to try again with, once: a 401 for that one is an answer
     * @throws CredentialUnavailable as {@link #call} does; {@code GRANT_REFUSED} where this is the present token and none can be had in
     *     its place, {@code APP_REFUSED} where it is a credential that the host provides for everybody
     * @throws BullaException {@code SETUP} where the host forbade tokens for SDKs
     */
    public Secret invalidate(String connection, Secret rejected) {
        return invalidate(connection, "", rejected);
    }

    /** The same for one of several accounts on a connection. */
    public Secret invalidate(String connection, String label, Secret rejected) {
        own(connection, label, Errand.Kind.TOKEN, "invalidate");
        wiring.allowTokenForSdk();
        return pass(connection, label, Errand.TOKEN, passage -> use.replaced(use.open(passage.seen()), rejected));
    }

    /**
     * Lists the things at the service, such as repositories or channels, and keeps their names and attributes for the owner's choices and
     * for policies; contents are never read. The provider's own listing tools are called as the member's calls are, and are judged, limited
     * and written down as such: where policies or the connection's list keep the member from such a tool, nothing is listed. What is seen
     * stands for the owner, private names too, and for nobody else: to other members it says no more than what a policy that asks for an
     * attribute decides. A run asks for 25 pages at most.
     *
     * <p>Where an account's calls go to an address that the member gave, every kind fails with {@code HOST_NOT_ALLOWED}: members do not
     * answer for each other.
     *
     * @throws CredentialUnavailable as {@link #call} does
     * @throws BullaException that the service is not to be asked now, where nothing was seen yet
     * @see Entities
     */
    public Harvested harvest(String connection) {
        return harvest(connection, "", null);
    }

    /**
     * The same for one of several accounts on a connection, or from where a former run ended.
     *
     * @param from {@link Harvested#next} of a former run, or null for the beginning
     */
    public Harvested harvest(String connection, String label, @Nullable String from) {
        admitted(connection, label, "harvest");
        return Guarded.call(() -> new SessionHarvest(wiring, use, this::pass).run(tenant, connection, label, from));
    }

    /**
     * Refreshes now, be it due or not, for a person who wants to see whether that works. The tokens stay here.
     *
     * @throws CredentialUnavailable as {@link #call} does
     * @throws BullaException {@code PROVIDER_UNAVAILABLE}, {@code OUTCOME_UNKNOWN} and others that say who must act, where it failed; the
     *     present tokens are used on while they live
     */
    public Refreshed refresh(String connection) {
        return refresh(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Refreshed refresh(String connection, String label) {
        own(connection, label, "refresh");
        admitted(connection, label, "refresh");
        return Guarded.call(() -> use.renew(connection, label));
    }

    /**
     * A new ticket to choose what an account stands for, be it for the first time or in place of a former choice.
     *
     * @return for {@link #options} and {@link #choose}, or those of {@link Member}, which need no session
     * @throws CredentialUnavailable as {@link #call} does; a pending choice is no obstacle
     * @throws BullaException {@code INVALID_ARGUMENT} where there is nothing to choose at this service
     */
    public Landing.Choosing selection(String connection) {
        return selection(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Landing.Choosing selection(String connection, String label) {
        own(connection, label, "selection");
        return wiring.accounts().chooseAgain(tenant, member, connection, label, opener);
    }

    /** As {@link Member#options}; where the tokens were refreshed since the ticket was made, this session's key opens them. */
    public Selection.Page options(String ticket, Selection.Query query) {
        own("", "", "options");
        return wiring.accounts().options(tenant, member, ticket, query, opener);
    }

    /** As {@link Member#choose}; where the tokens were refreshed since the ticket was made, this session's key opens them. */
    public Landing.Outcome choose(String ticket, Map<String, List<Selection.Choice>> choices) {
        own("", "", "choose");
        return wiring.accounts().choose(tenant, member, ticket, choices, opener);
    }

    /** Disconnects an account, revoking what this session can open. */
    public Disconnected disconnect(String connection) {
        return disconnect(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Disconnected disconnect(String connection, String label) {
        own(connection, label, "disconnect");
        return wiring.accounts().disconnect(tenant, member, connection, label, opener);
    }

    /** The forms of the member's accounts, as far as this session opens them. */
    public MemberForms forms() {
        return new MemberForms(wiring, tenant, member, () -> {
            own("", "", "forms");
            return opener;
        });
    }

    /** Why an account does not work in this session; as {@link Member#explain(String)}. Of what a grant is not for, nothing else is said. */
    public Explanation explain(String connection) {
        return explain(connection, "");
    }

    /** The same for one of several accounts on a connection. */
    public Explanation explain(String connection, String label) {
        alive();
        return Guarded.call(() -> tools.explain(connection, label));
    }

    /**
     * Why a tool is not among {@link #tools}, or can not be called: what stands in the way of the connection or the account, that there is
     * no such tool, that it is not offered, or that policies deny it now, whatever it is called with.
     *
     * @param name {@code service__tool}
     */
    public Explanation explainTool(String name) {
        alive();
        return Guarded.call(() -> tools.explain(name));
    }

    /** The member's accounts. */
    public List<ConnectedAccount> accounts() {
        alive();
        GrantPass grant = caller.grant();
        return wiring.accounts().of(tenant, member).stream()
                .filter(account -> grant == null || grant.covers(account.connectionId()))
                .toList();
    }

    /**
     * Makes a grant of this session's member: some of what the member may do, for a while, for whoever holds its text. It ends with its
     * time, when it is revoked, and with the member's key.
     *
     * @throws CredentialUnavailable {@code SESSION_CLOSED}
     * @throws BullaException {@code KEY_REQUIRED} in a session without the member's key, {@code BEYOND_GRANT} in one of a grant, {@code
     *     INVALID_ARGUMENT} for an end that is past or too far, {@code CONNECTION_UNKNOWN} or {@code TOOL_UNKNOWN} for a name of nothing
     */
    public IssuedGrant grant(Grant grant) {
        own("", "", "grant");
        admitted("", "", "grant");
        return Guarded.call(() -> {
            GrantKeeper.Made made = wiring.grants().make(tenant, member, opener, grant, tools.scope(grant));
            Origin origin = caller.origin();
            new MemberGrants(wiring, tenant, member)
                    .written(
                            Action.GRANT_ISSUED,
                            new AuditEntry.Caller(
                                    id(),
                                    caller.keyNo(),
                                    made.row().id(),
                                    origin.remote(),
                                    origin.clientSession(),
                                    ""));
            return new IssuedGrant(made.secret(), MemberGrants.view(made.row()));
        });
    }

    /** @param forward what is done once the gate has let the call through */
    private <T> T pass(String connection, String label, Errand errand, Function<Passage, T> forward) {
        alive();
        return Guarded.call(() -> {
            try {
                return wiring.gate().pass(new Passage(caller, connection, label), use, errand, forward);
            } catch (CredentialUnavailable e) {
                if (e.code() == ErrorCode.SESSION_CLOSED) {
                    close();
                }
                throw e;
            }
        });
    }

    /** Whether calls can still be made in it; its idle time begins anew then. */
    public boolean isOpen() {
        long now = wiring.clock().millis();
        if (closed || now >= end || now >= idleEnd) {
            close();
            return false;
        }
        idleEnd = now + IDLE_MILLIS;
        return true;
    }

    private void alive() {
        if (!isOpen()) {
            throw new CredentialUnavailable(ErrorCode.SESSION_CLOSED, "", "the session is closed or its time is over");
        }
        wiring.running().refuseClosed();
        caller.talk().use(wiring.clock().millis());
        GrantPass grant = caller.grant();
        if (grant != null) {
            stillGranted(grant);
        }
    }

    private void stillGranted(GrantPass grant) {
        try {
            Guarded.run(grant::alive);
        } catch (BullaException e) {
            if (e.code() == ErrorCode.GRANT_UNKNOWN) {
                close();
            }
            throw e;
        }
    }

    /** For what the host's word stops, as it stops calls. */
    void admitted(String connection, String label, String verb) {
        alive();
        Guarded.run(() -> wiring.gate().admit(new Passage(caller, connection, label), verb));
    }

    /** For what a member does, and no grant does in the member's place. */
    private void own(String connection, String label, String verb) {
        own(connection, label, Errand.Kind.SESSION, verb);
    }

    private void own(String connection, String label, Errand.Kind kind, String verb) {
        alive();
        Guarded.run(() -> wiring.gate().refuseGrant(new Passage(caller, connection, label), kind, verb));
    }

    /** Drops what is open where it was opened with a key of the member that counts no more. */
    void keyChanged(String changedTenant, String changedMember, int keyNo) {
        int mine = opener.keyNo();
        if (tenant.equals(changedTenant) && member.equals(changedMember) && mine != 0 && mine != keyNo) {
            close();
        }
    }

    /** Drops what is open where the session's time is over. */
    void sweep(long now) {
        if (now >= end || now >= idleEnd) {
            close();
        }
    }

    /** Drops what is open; further calls answer {@code SESSION_CLOSED}. */
    @Override
    public void close() {
        closed = true;
        opener = Opener.host();
        use.forget();
        wiring.running().forget(this);
    }

    @Override
    public String toString() {
        return "Session["
                + (closed
                        ? "closed"
                        : caller.grant() != null ? "with grant" : opener.keyNo() == 0 ? "without key" : "with key")
                + "]";
    }
}
