package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Identity;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.PayloadCodec;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Vault;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reconnect that came back with another identity waits here for the member's word: 15 minutes, sealed to the ticket, bound to the
 * member, taken once. A no revokes what had arrived; silence can not. Thread-safe.
 */
public final class Switching {
    private static final String KIND = "identity";

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final Storing storing;
    private final Selecting selecting;

    public Switching(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Revoking revoking,
            Selecting selecting,
            Notices notices) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.selecting = selecting;
        this.storing = new Storing(store, vault, keys, registrations, revoking, notices);
    }

    Landing.IdentityDiffers offer(Arrival arrival, AccountRow before) {
        ConnectionRow connection = arrival.connection();
        String ticket = Ids.secret();
        String id = Ids.hash(ticket);
        try {
            FlowRow row = new FlowRow(
                    id,
                    connection.tenant(),
                    arrival.member(),
                    KIND,
                    connection.id(),
                    "",
                    vault.sealForTicket(
                            ticket,
                            connection.tenant(),
                            arrival.member(),
                            connection.id(),
                            id,
                            encode(arrival, before)),
                    0,
                    0);
            store.flows().insert(row, Starting.LIFE_MILLIS, Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            storing.discard(arrival);
            throw e;
        }
        return new Landing.IdentityDiffers(
                connection.name(),
                ticket,
                Optional.ofNullable(before.displayName()),
                arrival.identity().displayName());
    }

    /** The member's word. Yes stores the other identity under the same account id, no revokes it. */
    public Landing.Outcome decide(String tenant, String member, String ticket, boolean yes) {
        String id = Ids.hash(ticket);
        Optional<FlowRow> flow = store.flows()
                .peek(tenant, id)
                .filter(row -> row.member().equals(member) && row.kind().equals(KIND));
        if (flow.isEmpty()) {
            return expired(Outcome.UNKNOWN);
        }
        // All that can fail by itself comes before the take: until then the ticket stays good, afterwards nobody else
        // can end the tokens.
        Optional<ConnectionRow> connection =
                store.connections().find(tenant, flow.get().connectionId());
        if (connection.isEmpty()) {
            return new Landing.Failed(ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        }
        Map<String, Object> waiting = open(flow.get(), ticket);
        Arrival arrival = decode(connection.get(), flow.get(), waiting);
        Take take = Storing.take(store.flows(), tenant, id, KIND);
        return take.outcome() == Outcome.TAKEN ? settle(arrival, waiting, yes) : expired(take.outcome());
    }

    private static Landing.Failed expired(Outcome outcome) {
        return new Landing.Failed(
                ConnectError.SESSION_EXPIRED, "ticket_" + outcome.name().toLowerCase(Locale.ROOT));
    }

    private Landing.Outcome settle(Arrival arrival, Map<String, Object> waiting, boolean yes) {
        if (yes && !asAsked(arrival, waiting)) {
            storing.discard(arrival);
            return new Landing.Failed(ConnectError.SESSION_EXPIRED, "account_changed");
        }
        String obstacle = yes ? obstacle(arrival) : null;
        if (!yes || obstacle != null) {
            storing.discard(arrival);
            return obstacle == null
                    ? new Landing.Failed(ConnectError.AUTHORIZATION_DENIED, "identity_declined")
                    : new Landing.Failed(ConnectError.INVALID_CONFIG, obstacle);
        }
        try {
            return selecting.outcome(
                    arrival.connection(), storing.keep(arrival, true).account(), arrival);
        } catch (BullaException e) {
            return new Landing.Failed(
                    Completing.meaning(e.code()), e.code().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether the account is still the one that the question was about: not disconnected, and not connected anew. */
    private boolean asAsked(Arrival arrival, Map<String, Object> waiting) {
        ConnectionRow connection = arrival.connection();
        return store.accounts()
                .find(connection.tenant(), arrival.member(), connection.id(), arrival.label())
                .filter(row -> !row.status().equals(AccountStatus.DISCONNECTED.name()))
                .filter(row -> Objects.equals(row.connectedAt(), PlainJson.numberOrNull(waiting, "before")))
                .isPresent();
    }

    /** Why what arrived may not be kept any more, or null. */
    private @Nullable String obstacle(Arrival arrival) {
        ConnectionRow connection = arrival.connection();
        if (!connection.enabled() || !connection.complete()) {
            return "connection_off";
        }
        if (arrival.app() == null) {
            return "app_gone";
        }
        return registrations.accepts(connection, arrival.payload().anchor()) ? null : "endpoint_changed";
    }

    private static byte[] encode(Arrival arrival, AccountRow before) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("before", before.connectedAt());
        out.put("label", arrival.label());
        out.put("app", arrival.appId());
        out.put("payload", Base64.getEncoder().encodeToString(PayloadCodec.encode(arrival.payload())));
        out.put("subject", arrival.identity().subject());
        out.put("name", arrival.identity().displayName());
        out.put("attributes", arrival.identity().attributes());
        out.put("requested", arrival.requested());
        if (arrival.pending()) {
            out.put("pending", "true");
        }
        if (arrival.named() != null) {
            out.put("named", arrival.named());
        }
        return PlainJson.write(out);
    }

    private Map<String, Object> open(FlowRow flow, String ticket) {
        return PlainJson.read(vault.openForTicket(
                ticket, flow.tenant(), flow.member(), flow.connectionId(), flow.id(), flow.sealed()));
    }

    private Arrival decode(ConnectionRow connection, FlowRow flow, Map<String, Object> in) {
        Map<String, String> attributes = new LinkedHashMap<>();
        PlainJson.object(in, "attributes").forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        String appId = PlainJson.text(in, "app");
        return new Arrival(
                        connection,
                        flow.member(),
                        PlainJson.text(in, "label"),
                        appId,
                        registrations.app(connection, appId).orElse(null),
                        PayloadCodec.decode(Base64.getDecoder().decode(PlainJson.text(in, "payload"))),
                        new Identity(PlainJson.text(in, "subject"), PlainJson.text(in, "name"), attributes),
                        Objects.requireNonNullElse(PlainJson.textsOrNull(in, "requested"), List.of()),
                        PlainJson.textsOrNull(in, "named"),
                        true)
                .awaiting("true".equals(PlainJson.textOrNull(in, "pending")));
    }
}
