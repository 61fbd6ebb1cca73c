package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.BullaListener;
import dev.bulla.model.Origin;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the things at a service after somebody has connected there, by that account, at most once a day for a connection on each node.
 * Nothing waits for it; where it can not be done now, nothing is known, as before.
 */
final class FirstLook implements BullaListener {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);
    private static final long AGAIN_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MOST = 10_000;
    private static final Origin ORIGIN = new Origin("", "harvest");

    private final Wiring wiring;
    private final Clock clock;
    private final Semaphore places = new Semaphore(2);
    private final Map<String, Long> looked = new LinkedHashMap<>() { // for the thread of events
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MOST;
                }
            };

    FirstLook(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    @Override
    public void on(BullaEvent event) {
        if (event instanceof AccountEvent.Connected connected && isDue(connected.account()) && places.tryAcquire()) {
            try {
                wiring.workers().execute(() -> {
                    try {
                        look(connected.account());
                    } finally {
                        places.release();
                    }
                });
                looked.put(connected.account().connectionId(), clock.millis());
            } catch (RejectedExecutionException e) { // closing
                places.release();
            }
        }
    }

    private boolean isDue(AccountEvent.Account account) {
        Long last = looked.get(account.connectionId());
        return (last == null || clock.millis() - last >= AGAIN_MILLIS)
                && wiring.registrations()
                        .find(account.provider())
                        .filter(provider -> !provider.entities().isEmpty())
                        .isPresent();
    }

    private void look(AccountEvent.Account account) {
        try (Session session = new Member(wiring, account.tenant(), account.member()).session(ORIGIN)) {
            session.harvest(account.connection(), account.label(), null);
        } catch (BullaException e) { // sealed to the member's key, denied, closing
            LOG.debug("nothing was listed after a connect: {}", e.code());
        }
    }
}
