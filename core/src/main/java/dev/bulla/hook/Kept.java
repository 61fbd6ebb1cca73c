package dev.bulla.hook;

import dev.bulla.connection.Ids;
import dev.bulla.store.Sealed;
import dev.bulla.store.WebhookRow;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed in a row.
 *
 * @param secrets good ones, the newest first; two at most
 * @param token what a service says in a question before it sends anything, or empty
 * @param awaitedUntil until when the service's secret is waited for, or 0
 * @param offered the secret that came, for the owner to see, or empty
 */
record Kept(List<String> secrets, String token, long awaitedUntil, String offered) {
    static final Kept NOTHING = new Kept(List.of(), "", 0, "");

    Kept {
        secrets = List.copyOf(secrets);
    }

    Kept with(String secret) {
        List<String> both =
                secrets.isEmpty() || secrets.get(0).equals(secret) ? List.of(secret) : List.of(secret, secrets.get(0));
        return new Kept(both, token, awaitedUntil, offered);
    }

    Kept withoutFormer() {
        return new Kept(secrets.stream().limit(1).toList(), token, awaitedUntil, offered);
    }

    Kept withToken(String value) {
        return new Kept(secrets, value, awaitedUntil, offered);
    }

    Kept awaiting(long until) {
        return new Kept(secrets, token, until, "");
    }

    /** The secret that was waited for; one that was there before stays good beside it. */
    Kept offered(String secret) {
        return new Kept(with(secret).secrets(), token, 0, secret);
    }

    @Override
    public String toString() {
        return "Kept[" + secrets.size() + "]";
    }

    static Kept open(Vault vault, WebhookRow row) {
        Sealed sealed = row.sealed();
        if (sealed == null) {
            return NOTHING;
        }
        Map<String, Object> in = PlainJson.read(vault.openForHost(
                Purpose.WEBHOOK, row.tenant(), "", row.connectionId(), row.id(), row.sealNo(), sealed));
        return new Kept(
                Optional.ofNullable(PlainJson.textsOrNull(in, "secrets")).orElse(List.of()),
                PlainJson.text(in, "token"),
                Optional.ofNullable(PlainJson.numberOrNull(in, "awaited")).orElse(0L),
                PlainJson.text(in, "offered"));
    }

    /** The row with this in place of what it holds, to be written. */
    WebhookRow in(WebhookRow row, Vault vault, @Nullable String remote) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("secrets", secrets);
        out.put("token", token);
        out.put("awaited", awaitedUntil);
        out.put("offered", offered);
        long sealNo = row.sealNo() + 1;
        Sealed sealed = vault.sealForHost(
                Purpose.WEBHOOK, row.tenant(), "", row.connectionId(), row.id(), sealNo, PlainJson.write(out));
        return new WebhookRow(
                row.id(),
                row.tenant(),
                row.connectionId(),
                sealed,
                sealNo,
                remote,
                row.accepted(),
                row.refused(),
                row.acceptedAt(),
                row.refusedAt(),
                row.rowVersion(),
                Ids.id(),
                row.createdAt());
    }
}
