package dev.bulla.testkit.store;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.Sealed;
import org.jspecify.annotations.Nullable;

/** One account, changeable; guarded by the lock of {@link Tables}. */
final class AccountCell {
    final String id;
    final String tenant;
    final String member;
    final String connectionId;
    final String label;
    final long createdAt;
    String appId = "";
    String status = "";

    @Nullable
    String reason;

    @Nullable
    String subject;

    @Nullable
    String displayName;

    String scopes = "";
    String attributes = "";

    @Nullable
    Sealed sealed;

    long sealNo;
    int keyNo;
    Claim claim = Claim.NONE;

    @Nullable
    Long expiresAt;

    @Nullable
    Long refreshAt;

    @Nullable
    Long refreshBy;

    @Nullable
    Long lookAt;

    @Nullable
    Long lastUsedAt;

    long rowVersion;
    String attempt = "";
    long connectedAt;
    long changedAt;

    AccountCell(AccountRow row, long now) {
        id = row.id();
        tenant = row.tenant();
        member = row.member();
        connectionId = row.connectionId();
        label = row.label();
        lastUsedAt = row.lastUsedAt();
        createdAt = now;
        content(row, now);
    }

    void content(AccountRow row, long now) {
        appId = row.appId();
        status = row.status();
        reason = row.reason();
        subject = row.subject();
        displayName = row.displayName();
        scopes = row.scopes();
        attributes = row.attributes();
        sealed = row.sealed();
        sealNo = row.sealNo();
        keyNo = row.keyNo();
        claim = Claim.NONE;
        expiresAt = row.expiresAt();
        refreshAt = row.refreshAt();
        refreshBy = row.refreshBy();
        lookAt = firstLook(now);
        connectedAt = row.connectedAt();
        attempt = row.attempt();
        changed(now);
    }

    void content(SealedWrite write, long now) {
        sealed = write.sealed();
        sealNo = write.sealNo();
        keyNo = write.keyNo();
        if (write.scopes() != null) {
            scopes = write.scopes();
        }
        if (write.resealed()) {
            claim = new Claim(write.claimBy(), 0, claim.intent(), claim.intentAt(), claim.attempts());
        } else {
            boolean same = refreshBy != null
                    && write.refreshBy() != null
                    && status.equals(write.status())
                    && Math.abs(write.refreshBy() - refreshBy) * 10 <= write.refreshBy() - now;
            status = write.status();
            reason = write.reason();
            claim = new Claim(write.claimBy(), 0, null, null, 0);
            expiresAt = write.expiresAt();
            refreshAt = write.refreshAt();
            refreshBy = write.refreshBy();
            lookAt = same ? lookAt : firstLook(now);
        }
        attempt = write.attempt();
        changed(now);
    }

    private @Nullable Long firstLook(long now) {
        return refreshBy == null ? null : Long.valueOf(now + (refreshBy - now) * 2 / 3);
    }

    void cleared(String attempt, String status, @Nullable String reason, boolean keepIdentity, long now) {
        sealed = null;
        sealNo++;
        keyNo = 0;
        subject = keepIdentity ? subject : null;
        displayName = keepIdentity ? displayName : null;
        scopes = "";
        attributes = "{}";
        claim = Claim.NONE;
        expiresAt = null;
        refreshAt = null;
        refreshBy = null;
        lookAt = null;
        this.attempt = attempt;
        this.status = status;
        this.reason = reason;
        changed(now);
    }

    void changed(long now) {
        rowVersion++;
        changedAt = now;
    }

    AccountRow row(long now) {
        return new AccountRow(
                id,
                tenant,
                member,
                connectionId,
                label,
                appId,
                status,
                reason,
                subject,
                displayName,
                scopes,
                attributes,
                sealed,
                sealNo,
                keyNo,
                claim,
                expiresAt,
                refreshAt,
                refreshBy,
                lastUsedAt,
                rowVersion,
                attempt,
                connectedAt,
                createdAt,
                changedAt,
                now);
    }
}
