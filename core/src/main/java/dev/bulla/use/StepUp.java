package dev.bulla.use;

import dev.bulla.connection.Registrations;
import dev.bulla.oauth2.Challenge;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.AccountRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Views;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what a service says that a request needs beyond what was granted (RFC 6750 section 3.1), at services that say themselves what they
 * want to be asked for: so the account shows which scopes are missing, and the next consent asks for them too. Thread-safe.
 */
public final class StepUp {
    private static final Logger LOG = LoggerFactory.getLogger(StepUp.class);
    private static final int ROUNDS = 5;
    private static final int MOST = 200;

    private final Store store;
    private final Registrations registrations;

    public StepUp(Store store, Registrations registrations) {
        this.store = store;
        this.registrations = registrations;
    }

    /** Looks at the answer of a call; changes nothing but the note, and is no obstacle where that can not be written. */
    public void look(Opened opened, HttpAnswer answer) {
        boolean follows = answer.status() == 403
                && !opened.accountId().isEmpty()
                && registrations.provider(opened.connection()).discovery().isPresent();
        if (follows) {
            Challenge.of(answer)
                    .filter(Challenge::asksForMore)
                    .map(Challenge::scopes)
                    .filter(scopes -> !scopes.isEmpty())
                    .ifPresent(scopes -> tryToNote(opened, scopes));
        }
    }

    private void tryToNote(Opened opened, List<String> scopes) {
        try {
            note(opened, scopes);
        } catch (StoreException e) {
            LOG.warn("which scopes an account lacks was not written down: {}", e.kind());
        }
    }

    private void note(Opened opened, List<String> scopes) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<AccountRow> row = store.accounts()
                    .find(opened.connection().tenant(), opened.accountId())
                    .filter(read -> read.sealNo() >= opened.sealNo() && read.sealed() != null);
            Set<String> all = new LinkedHashSet<>(row.map(Views::needed).orElse(List.of()));
            boolean more = all.addAll(scopes);
            if (row.isEmpty() || !more || all.size() > MOST) {
                return;
            }
            Map<String, String> attributes =
                    new LinkedHashMap<>(PlainJson.readTexts(row.get().attributes()));
            attributes.put(Views.NEEDED, String.join(" ", all));
            Write write = store.accounts()
                    .note(row.get().tenant(), row.get().id(), row.get().rowVersion(), PlainJson.writeTexts(attributes));
            if (write == Write.DONE) {
                return;
            }
        }
    }
}
