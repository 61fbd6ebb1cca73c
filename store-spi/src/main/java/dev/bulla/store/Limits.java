package dev.bulla.store;

import dev.bulla.store.MemberRow.KeyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The longest values that every store takes, checked by a store before it writes a row: a database that cuts a name would mix two
 * tenants. Lengths are in Java characters (UTF-16 units), sealed bytes in bytes. Messages name the field, never its value.
 */
public final class Limits {
    /** Tenants and labels. */
    public static final int TENANT = 190;
    /** Members, names of connections, reasons, MACs and intents. */
    public static final int NAME = 255;
    /** Ids, attempt ids, and codes such as provider, mode, kind and status. */
    public static final int ID = 64;
    /** Subjects and display names. */
    public static final int SUBJECT = 512;
    /** Client ids and public keys. */
    public static final int KEY = 1024;
    /** Scopes, settings, attributes (characters) and sealed records (bytes). */
    public static final int CONTENT = 1 << 20;

    private Limits() {}

    public static void check(ConnectionRow row) {
        check("id", row.id(), ID);
        check("tenant", row.tenant(), TENANT);
        check("name", row.name(), NAME);
        check("provider", row.provider(), ID);
        check("mode", row.mode(), ID);
        check("app id", row.appId(), ID);
        check("scopes", row.scopes(), CONTENT);
        check("settings", row.settings(), CONTENT);
        check("attempt", row.attempt(), ID);
        check(row.sealed());
    }

    public static void check(AppRow row) {
        check("id", row.id(), ID);
        check("client id", row.clientId(), KEY);
        check(row.sealed());
    }

    public static void checkBucket(String tenant, String bucket) {
        check("tenant", tenant, TENANT);
        check("bucket", bucket, ID);
    }

    public static void checkMember(String tenant, String member) {
        check("tenant", tenant, TENANT);
        check("member", member, NAME);
    }

    public static void check(MemberRow row) {
        checkMember(row.tenant(), row.member());
        check("attempt", row.attempt(), ID);
        check(row.key());
        check(row.offered());
    }

    private static void check(@Nullable KeyRow key) {
        if (key != null) {
            check("public key", key.publicKey(), KEY);
            check("MAC", key.mac(), NAME);
            check(key.previous());
        }
    }

    public static void check(AccountRow row) {
        check("id", row.id(), ID);
        checkMember(row.tenant(), row.member());
        check("connection id", row.connectionId(), ID);
        check("label", row.label(), TENANT);
        check("app id", row.appId(), ID);
        checkStatus(row.status(), row.reason());
        check("subject", row.subject(), SUBJECT);
        check("display name", row.displayName(), SUBJECT);
        check("scopes", row.scopes(), CONTENT);
        checkAttributes(row.attributes());
        check("attempt", row.attempt(), ID);
        check(row.sealed());
    }

    public static void checkAttributes(String attributes) {
        check("attributes", attributes, CONTENT);
    }

    public static void check(AccountStore.SealedWrite write) {
        checkStatus(write.status(), write.reason());
        check("scopes", write.scopes(), CONTENT);
        check("attempt", write.attempt(), ID);
        check("attempt", write.claimBy(), ID);
        check(write.sealed());
    }

    public static void checkStatus(String status, @Nullable String reason) {
        check("status", status, ID);
        check("reason", reason, NAME);
    }

    public static void check(PolicyRow row) {
        check("tenant", row.tenant(), TENANT);
        check("connection id", row.connectionId(), ID);
        check("set", row.set(), TENANT);
        check("id", row.id(), ID);
        check("body", row.body(), CONTENT);
        check("author", row.author(), TENANT);
        check("attempt", row.attempt(), ID);
    }

    public static void checkAttempt(String attempt) {
        check("attempt", attempt, ID);
    }

    public static void checkIntent(@Nullable String intent) {
        check("intent", intent, NAME);
    }

    public static void check(FlowRow row) {
        check("id", row.id(), ID);
        checkMember(row.tenant(), row.member());
        check("kind", row.kind(), ID);
        check("connection id", row.connectionId(), ID);
        check("browser", row.browser(), ID);
        check(row.sealed());
    }

    /** @throws IllegalArgumentException also where a row is of another connection */
    public static void check(String tenant, String connectionId, List<EntityRow> rows) {
        for (EntityRow row : rows) {
            check(row);
            if (!row.tenant().equals(tenant) || !row.connectionId().equals(connectionId)) {
                throw new IllegalArgumentException("A row is of another connection.");
            }
        }
    }

    private static void check(EntityRow row) {
        check("tenant", row.tenant(), TENANT);
        check("connection id", row.connectionId(), ID);
        check("kind", row.kind(), ID);
        check("id", row.id(), NAME);
        check("name", row.name(), SUBJECT);
        check("folded name", row.folded(), SUBJECT);
        checkAttributes(row.attributes());
    }

    public static void check(AuditRow row) {
        check("id", row.id(), ID);
        checkMember(row.tenant(), row.member());
        check("connection", row.connection(), NAME);
        check("tool", row.tool(), NAME);
        check("session", row.session(), ID);
        check("grant", row.grant(), ID);
        check("action", row.action(), ID);
        check("policies", row.policies(), CONTENT);
        check("details", row.details(), CONTENT);
    }

    public static void check(GrantRow row) {
        check("id", row.id(), ID);
        checkMember(row.tenant(), row.member());
        check("tools", row.tools(), CONTENT);
        check("connections", row.connections(), CONTENT);
        check(row.sealed());
    }

    /** @throws IllegalArgumentException also where the row is of another connection */
    public static void check(ToolRow row, String tenant, String connectionId) {
        if (!row.tenant().equals(tenant) || !row.connectionId().equals(connectionId)) {
            throw new IllegalArgumentException("The row is of another connection.");
        }
        check("tenant", row.tenant(), TENANT);
        check("connection id", row.connectionId(), ID);
        check("purpose", row.purpose(), ID);
        check("name", row.name(), ID);
        check("body", row.body(), CONTENT);
    }

    public static void check(WebhookRow row) {
        check("id", row.id(), ID);
        check("tenant", row.tenant(), TENANT);
        check("connection id", row.connectionId(), ID);
        check("attempt", row.attempt(), ID);
        check(row.sealed());
    }

    public static void checkDigest(String digest) {
        check("digest", digest, ID);
    }

    private static void check(@Nullable Sealed sealed) {
        if (sealed != null && sealed.size() > CONTENT) {
            throw tooLong("sealed record", CONTENT);
        }
    }

    private static void check(String field, @Nullable String value, int limit) {
        if (value != null && value.length() > limit) {
            throw tooLong(field, limit);
        }
    }

    private static IllegalArgumentException tooLong(String field, int limit) {
        return new IllegalArgumentException("The " + field + " is longer than " + limit + ".");
    }
}
