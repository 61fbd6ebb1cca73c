package dev.bulla.use;

import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Mode;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands behind names, for the key that one session was opened with. Thread-safe. */
final class Sights {
    private final Store store;
    private final Lookup lookup;
    private final String tenant;
    private final String member;
    private final Supplier<Opener> opener;
    private final ConcurrentHashMap<String, Sighting.Name> names = new ConcurrentHashMap<>();

    Sights(Store store, Lookup lookup, String tenant, String member, Supplier<Opener> opener) {
        this.store = store;
        this.lookup = lookup;
        this.tenant = tenant;
        this.member = member;
        this.opener = opener;
    }

    void forget() {
        names.clear();
    }

    /** As {@link AccountUse#see} says. */
    Sighting see(String connection, String label) {
        String key = label.isEmpty() ? connection : connection + '\n' + label;
        Sighting.Name known = names.get(key);
        AccountGlance glance = known == null
                ? null
                : store.accounts().glance(tenant, known.accountId()).orElse(null);
        return known != null && glance != null ? again(key, known, glance) : first(key, connection, label);
    }

    private Sighting again(String key, Sighting.Name known, AccountGlance glance) {
        ConnectionRow row = known.connection();
        if (row.revision() != glance.revision()) {
            row = lookup.connection(row.id(), glance, row);
            names.put(key, new Sighting.Name(glance.id(), row));
        }
        return of(row, glance, null);
    }

    private Sighting first(String key, String connection, String label) {
        Lookup.Found known = lookup.known(connection, label).orElse(null);
        AccountGlance glance = known == null ? null : glance(known);
        if (known == null || glance == null) {
            ConnectionRow row = lookup.connection(connection);
            known = Mode.valueOf(row.mode()) == Mode.HOST_CREDENTIAL ? null : lookup.fresh(row, label);
            glance = known == null ? null : glance(known);
            if (known == null || glance == null) {
                checkKeyByItself();
                return Sighting.ofConnection(row);
            }
        }
        ConnectionRow row = lookup.connection(known.connection().id(), glance, known.connection());
        names.put(key, new Sighting.Name(glance.id(), row));
        return of(row, glance, known);
    }

    Sighting of(ConnectionRow row, AccountGlance glance, Lookup.@Nullable Found found) {
        checkKey(glance);
        return new Sighting(row, glance.enabled(), glance.rulesNo(), glance, found);
    }

    void checkKey(AccountGlance glance) {
        if (opener.get().keyNo() != 0 && glance.memberKeyNo() != opener.get().keyNo()) {
            throw replaced();
        }
    }

    /** Where no account says it: a credential of the host's is no more for a former key than the member's own. */
    private void checkKeyByItself() {
        int mine = opener.get().keyNo();
        boolean stands = mine == 0
                || store.members()
                        .find(tenant, member)
                        .map(MemberRow::key)
                        .filter(key -> key.keyNo() == mine)
                        .isPresent();
        if (!stands) {
            throw replaced();
        }
    }

    private static CredentialUnavailable replaced() {
        return new CredentialUnavailable(
                ErrorCode.SESSION_CLOSED, "", "the member's key was replaced; open a session with the new one");
    }

    @Nullable
    AccountGlance glance(Lookup.Found found) {
        return store.accounts().glance(tenant, found.account().id()).orElse(null);
    }
}
