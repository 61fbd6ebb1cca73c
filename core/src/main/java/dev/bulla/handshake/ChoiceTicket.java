package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.store.AccountRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.PayloadCodec;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A choice that waits: whose, of which account, and the contents that the account had then, sealed to the ticket. {@code toString} shows
 * nothing.
 *
 * @param flow the row
 * @param accountId the account
 * @param connectedAt tells its grant from later ones
 * @param sealNo the contents
 * @param payload those contents
 */
record ChoiceTicket(FlowRow flow, String accountId, long connectedAt, long sealNo, Payload payload) {
    static final String KIND = "selection";

    /** Makes a ticket, and stores what it opens. @return the ticket itself, which is kept nowhere */
    static String issue(Store store, Vault vault, AccountRow account, Payload payload) {
        String ticket = Ids.secret();
        String id = Ids.hash(ticket);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("account", account.id());
        out.put("connected", account.connectedAt());
        out.put("sealNo", account.sealNo());
        out.put("payload", Base64.getEncoder().encodeToString(PayloadCodec.encode(payload)));
        store.flows()
                .insert(
                        new FlowRow(
                                id,
                                account.tenant(),
                                account.member(),
                                KIND,
                                account.connectionId(),
                                "",
                                vault.sealForTicket(
                                        ticket,
                                        account.tenant(),
                                        account.member(),
                                        account.connectionId(),
                                        id,
                                        PlainJson.write(out)),
                                0,
                                0),
                        Starting.LIFE_MILLIS,
                        Integer.MAX_VALUE);
        return ticket;
    }

    /** Empty where there is no such ticket of this member. */
    static Optional<ChoiceTicket> find(Store store, Vault vault, String tenant, String member, String ticket) {
        return store.flows()
                .peek(tenant, Ids.hash(ticket))
                .filter(row -> row.member().equals(member) && row.kind().equals(KIND))
                .map(row -> open(vault, row, ticket));
    }

    private static ChoiceTicket open(Vault vault, FlowRow row, String ticket) {
        Map<String, Object> in = PlainJson.read(
                vault.openForTicket(ticket, row.tenant(), row.member(), row.connectionId(), row.id(), row.sealed()));
        return new ChoiceTicket(
                row,
                PlainJson.text(in, "account"),
                Objects.requireNonNullElse(PlainJson.numberOrNull(in, "connected"), 0L),
                Objects.requireNonNullElse(PlainJson.numberOrNull(in, "sealNo"), 0L),
                PayloadCodec.decode(Base64.getDecoder().decode(PlainJson.text(in, "payload"))));
    }

    /** Why it is of no use with this account any more, or null. */
    @Nullable
    String obstacle(@Nullable AccountRow row) {
        if (row == null || row.connectedAt() != connectedAt || !mayBeChosen(row)) {
            return "account_changed";
        }
        String choice = PlainJson.readTexts(row.attributes()).getOrDefault(Views.CHOICE, "");
        if (Choices.isBy(choice, flow.id())) {
            return "ticket_used";
        }
        return flow.expiresAt() <= row.now() ? "ticket_expired" : null;
    }

    static boolean mayBeChosen(AccountRow row) {
        AccountStatus status = Views.status(row.status());
        return row.sealed() != null && (status == AccountStatus.PENDING || status == AccountStatus.ACTIVE);
    }

    /** The account's contents as they are now; null where they have moved and nobody here can open them. */
    @Nullable
    Payload contents(AccountRow row, Vault vault, Opener opener) {
        if (row.sealNo() == sealNo) {
            return payload;
        }
        try {
            return vault.open(row, opener);
        } catch (BullaException e) {
            return switch (e.code()) {
                case KEY_REQUIRED, KEY_WRONG -> null;
                default -> throw e;
            };
        }
    }

    @Override
    public String toString() {
        return "ChoiceTicket[]";
    }
}
