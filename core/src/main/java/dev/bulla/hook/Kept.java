package dev.bulla.hook;

import dev.bulla.connection.Ids;
import dev.bulla.store.Sealed;
import dev.bulla.store.WebhookRow;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sealed in a row.
 *
 * @param secrets good ones, the newest first; two at most
 * @param token what a service says in a question before it sends anything, or empty
 * @param awaitedUntil until when the service's secret is waited for, or 0
 * @param offered the secret that came, for the owner to see, or empty
 * @param registered of each registration at the service what the owner gave for it, and what the service calls it
 */
record Kept(
        List<String> secrets, String token, long awaitedUntil, String offered, List<Map<String, String>> registered) {
    static final Kept NOTHING = new Kept(List.of(), "", 0, "", List.of());

    Kept {
        secrets = List.copyOf(secrets);
        registered = List.copyOf(registered);
    }

    Kept with(String secret) {
        List<String> both =
                secrets.isEmpty() || secrets.get(0).equals(secret) ? List.of(secret) : List.of(secret, secrets.get(0));
        return new Kept(both, token, awaitedUntil, offered, registered);
    }

    Kept withoutFormer() {
        return new Kept(secrets.stream().limit(1).toList(), token, awaitedUntil, offered, registered);
    }

    Kept withToken(String value) {
        return new Kept(secrets, value, awaitedUntil, offered, registered);
    }

    Kept awaiting(long until) {
        return new Kept(secrets, token, until, "", registered);
    }

    /** The secret that was waited for; one that was there before stays good beside it. */
    Kept offered(String secret) {
        return new Kept(with(secret).secrets(), token, 0, secret, registered);
    }

    /** With nothing to show to the owner. */
    Kept shown() {
        return new Kept(secrets, token, awaitedUntil, "", registered);
    }

    Kept registered(Map<String, String> one) {
        List<Map<String, String>> more = new ArrayList<>(registered);
        more.remove(one);
        more.add(one);
        return new Kept(secrets, token, awaitedUntil, offered, more);
    }

    Kept ended(Map<String, String> one) {
        return new Kept(
                secrets,
                token,
                awaitedUntil,
                offered,
                registered.stream().filter(other -> !other.equals(one)).toList());
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
                PlainJson.text(in, "offered"),
                Optional.ofNullable(PlainJson.textsOrNull(in, "registered")).orElse(List.of()).stream()
                        .map(PlainJson::readTexts)
                        .toList());
    }

    /** The row with this in place of what it holds, to be written. */
    WebhookRow in(WebhookRow row, Vault vault) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("secrets", secrets);
        out.put("token", token);
        out.put("awaited", awaitedUntil);
        out.put("offered", offered);
        out.put("registered", registered.stream().map(PlainJson::writeTexts).toList());
        long sealNo = row.sealNo() + 1;
        Sealed sealed = vault.sealForHost(
                Purpose.WEBHOOK, row.tenant(), "", row.connectionId(), row.id(), sealNo, PlainJson.write(out));
        return new WebhookRow(
                row.id(),
                row.tenant(),
                row.connectionId(),
                sealed,
                sealNo,
                row.accepted(),
                row.refused(),
                row.acceptedAt(),
                row.refusedAt(),
                row.rowVersion(),
                Ids.id(),
                row.createdAt());
    }
}
