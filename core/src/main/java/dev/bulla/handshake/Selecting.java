package dev.bulla.handshake;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Tokens;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.refresh.Standing;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice that completes an account: what there is to choose waits behind a ticket for 15 minutes, bound to the member, and the
 * choice is made once. A choice that is refused leaves the ticket good and the former choice in place. Thread-safe.
 */
public final class Selecting {
    private static final Logger LOG = LoggerFactory.getLogger(Selecting.class);
    private static final int ROUNDS = 3;

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final RefreshKeeper refresher;
    private final ChoiceWriter writer;
    private final Notices notices;
    private final ProviderHttp http;
    private final Clock clock;

    public Selecting(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            RefreshKeeper refresher,
            Notices notices,
            ProviderHttp http,
            Clock clock) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.refresher = refresher;
        this.writer = new ChoiceWriter(store, vault, keys, registrations, notices);
        this.notices = notices;
        this.http = http;
        this.clock = clock;
    }

    /** What has become of a stored account: connected, or with a choice before it. */
    Landing.Outcome outcome(ConnectionRow connection, AccountRow account, Arrival arrival) {
        Optional<Selection> selection = registrations.provider(connection).selection();
        if (selection.isPresent() && arrival.choice().isEmpty()) {
            try {
                return choosing(connection, account, arrival.payload(), selection.get());
            } catch (RuntimeException e) { // the account is stored; a session can ask for another ticket
                LOG.warn(
                        "no ticket for the choice of account {}: {}",
                        account.id(),
                        e.getClass().getName());
            }
        }
        return new Landing.Connected(Views.account(account, connection));
    }

    private Landing.Choosing choosing(
            ConnectionRow connection, AccountRow account, Payload payload, Selection selection) {
        String ticket = ChoiceTicket.issue(store, vault, account, payload);
        return new Landing.Choosing(Views.account(account, connection), ticket, selection.steps());
    }

    /**
     * A new ticket for an account that was connected before.
     *
     * @throws CredentialUnavailable as for a use of the account; but a pending choice is no obstacle
     * @throws BullaException {@code INVALID_ARGUMENT} where there is nothing to choose at this service
     */
    public Landing.Choosing again(ConnectionRow connection, String member, String label, Opener opener) {
        Selection selection = selection(connection);
        for (int round = 0; round < ROUNDS; round++) {
            AccountRow row = store.accounts()
                    .find(connection.tenant(), member, connection.id(), label)
                    .orElseThrow(Standing::notConnected);
            if (!ChoiceTicket.mayBeChosen(row)) {
                throw Optional.ofNullable(Standing.refusal(row.status(), row.reason()))
                        .orElseGet(Standing::notConnected);
            }
            boolean ended = row.expiresAt() != null && row.expiresAt() <= row.now();
            if (!ended || round == ROUNDS - 1) {
                return choosing(connection, row, vault.open(row, opener), selection);
            }
            Outcome outcome = refresher.refresh(row.tenant(), row.id(), row.sealNo(), opener, Need.DUE);
            if (outcome.failure() != null && outcome.kind() == Outcome.Kind.FAILED) {
                throw outcome.failure();
            }
        }
        throw Standing.notConnected();
    }

    /**
     * One page of what there is to choose: id and name, nothing else.
     *
     * @throws BullaException {@code SESSION_EXPIRED} for a ticket that is late, used or unknown, {@code TOO_MANY_OPTIONS}, {@code
     *     INVALID_ARGUMENT}, and what the service says
     */
    public Selection.Page options(String tenant, String member, String ticket, Selection.Query query, Opener opener) {
        try {
            Asking asking = asking(tenant, member, ticket, opener);
            return Candidates.list(asking.selection(), query, asking.tokens(), asking.call());
        } catch (Stop stop) {
            throw new BullaException(ErrorCode.SESSION_EXPIRED, "the choice is not open any more: " + stop.detail());
        }
    }

    /**
     * Makes a choice final.
     *
     * @return connected with the choice, or why not: then the ticket stays good, unless it is {@code SESSION_EXPIRED}
     * @throws BullaException where the service gave no answer, or refuses the tokens; the ticket stays good
     */
    public Landing.Outcome choose(
            String tenant, String member, String ticket, Map<String, List<Choice>> given, Opener opener) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Asking asking = asking(tenant, member, ticket, opener);
                Choices choices = Choices.of(asking.selection(), given);
                Chosen chosen = choices.at(asking.selection(), asking.tokens(), asking.call());
                refuseUnaddressed(asking, chosen);
                AccountRow stored = writer.write(
                        new ChoiceWriter.Wanted(
                                asking.ticket(),
                                asking.connection(),
                                asking.tokens(),
                                chosen,
                                choices.text(asking.ticket().flow().id())),
                        opener);
                if (stored != null) {
                    return new Landing.Connected(Views.account(stored, asking.connection()));
                }
            }
            throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the account is being changed by many at once");
        } catch (Stop stop) {
            return new Landing.Failed(stop.code(), stop.detail());
        }
    }

    private void refuseUnaddressed(Asking asking, Chosen chosen) {
        Payload payload = asking.payload().choosing(chosen.tokens(), chosen.attributes());
        if (!registrations.isAddressed(asking.connection(), payload)) {
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the choice does not say where the API is");
        }
    }

    /**
     * Everything with which the service is asked about a choice.
     *
     * @param tokens as it gave them, without what a former choice gave
     */
    private record Asking(
            ChoiceTicket ticket,
            ConnectionRow connection,
            Selection selection,
            Payload payload,
            Tokens tokens,
            ProviderCall call) {}

    private Asking asking(String tenant, String member, String ticket, Opener opener) {
        ChoiceTicket open = ChoiceTicket.find(store, vault, tenant, member, ticket)
                .orElseThrow(() -> new Stop(ConnectError.SESSION_EXPIRED, "ticket_unknown"));
        AccountRow row = writer.row(open);
        ConnectionRow connection = store.connections()
                .find(tenant, row.connectionId())
                .orElseThrow(() -> new Stop(ConnectError.SESSION_EXPIRED, "connection_gone"));
        if (!connection.enabled() || !connection.complete()) {
            throw new CredentialUnavailable(ErrorCode.NOT_ENABLED, "", "the connection is switched off or incomplete");
        }
        Payload payload = open.contents(row, vault, opener);
        if (payload == null) {
            throw new Stop(ConnectError.SESSION_EXPIRED, "account_changed");
        }
        if (!registrations.accepts(connection, payload.anchor())) {
            throw Standing.reconnect("endpoint_changed");
        }
        App app = registrations.app(connection, row.appId()).orElseThrow(() -> Standing.reconnect("app_gone"));
        ProviderCall call = new ProviderCall(
                notices.meter().timed(http, connection.provider()),
                clock,
                app,
                registrations.values(connection, payload));
        return new Asking(
                open,
                connection,
                selection(connection),
                payload,
                payload.tokens().granted(),
                call);
    }

    private Selection selection(ConnectionRow connection) {
        return registrations
                .provider(connection)
                .selection()
                .orElseThrow(() ->
                        new BullaException(ErrorCode.INVALID_ARGUMENT, "there is nothing to choose at this service"));
    }
}
