package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.provider.Identity;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.PayloadCodec;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A reconnect that came back with another identity waits here for the member's word: 15 minutes, host-sealed, bound to the member,
 * taken once. A no revokes what had arrived. Thread-safe.
 */
public final class Switching {
    private static final String KIND = "identity";
    private static final Take UNKNOWN = new Take(Take.Outcome.UNKNOWN, Optional.empty());

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final Storing storing;

    public Switching(Store store, Vault vault, KeyRows keys, Registrations registrations, Revoking revoking) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.storing = new Storing(store, vault, keys, registrations, revoking);
    }

    Landing.IdentityDiffers offer(Arrival arrival, AccountRow before) {
        ConnectionRow connection = arrival.connection();
        String ticket = Ids.secret();
        String id = Ids.hash(ticket);
        FlowRow row = new FlowRow(
                id,
                connection.tenant(),
                arrival.member(),
                KIND,
                connection.id(),
                "",
                vault.sealForHost(
                        Purpose.FLOW, connection.tenant(), arrival.member(), connection.id(), id, 1, encode(arrival)),
                0,
                0);
        try {
            store.flows().insert(row, Starting.LIFE_MILLIS, Integer.MAX_VALUE);
        } catch (StoreException e) {
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
        boolean own = store.flows()
                .peek(tenant, id)
                .filter(row -> row.member().equals(member))
                .isPresent();
        Take take = own ? store.flows().take(tenant, id, KIND, Ids.id()) : UNKNOWN;
        if (take.row().isEmpty()) {
            return new Landing.Failed(
                    ConnectError.SESSION_EXPIRED,
                    "ticket_" + take.outcome().name().toLowerCase(Locale.ROOT));
        }
        FlowRow flow = take.row().get();
        Optional<ConnectionRow> connection = store.connections().find(tenant, flow.connectionId());
        if (connection.isEmpty()) {
            return new Landing.Failed(ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        }
        Arrival arrival = decode(connection.get(), flow);
        if (!yes || !mayBeKept(arrival)) {
            storing.discard(arrival);
            return yes
                    ? new Landing.Failed(ConnectError.INVALID_CONFIG, "connection_off")
                    : new Landing.Failed(ConnectError.AUTHORIZATION_DENIED, "identity_declined");
        }
        try {
            return new Landing.Connected(
                    Views.account(storing.keep(arrival, true).account(), connection.get()));
        } catch (BullaException e) {
            return new Landing.Failed(
                    Completing.meaning(e.code()), e.code().name().toLowerCase(Locale.ROOT));
        }
    }

    private boolean mayBeKept(Arrival arrival) {
        return arrival.connection().enabled()
                && arrival.connection().complete()
                && arrival.app() != null
                && registrations.accepts(arrival.connection(), arrival.payload().anchor());
    }

    private static byte[] encode(Arrival arrival) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("label", arrival.label());
        out.put("app", arrival.appId());
        out.put("payload", Base64.getEncoder().encodeToString(PayloadCodec.encode(arrival.payload())));
        out.put("subject", arrival.identity().subject());
        out.put("name", arrival.identity().displayName());
        out.put("attributes", arrival.identity().attributes());
        out.put("requested", arrival.requested());
        if (arrival.named() != null) {
            out.put("named", arrival.named());
        }
        return PlainJson.write(out);
    }

    private Arrival decode(ConnectionRow connection, FlowRow flow) {
        Map<String, Object> in = PlainJson.read(vault.openForHost(
                Purpose.FLOW, flow.tenant(), flow.member(), flow.connectionId(), flow.id(), 1, flow.sealed()));
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
                true);
    }
}
