package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A process is stopped for longer than its claim, before it has sent. Others take the account over; when the process wakes it sends
 * nothing under that claim. Where they have refreshed, it uses what they stored; where the old token served them, it takes a claim anew.
 */
final class PausedCase extends Case {
    /** By database time. */
    private static final Duration PAUSE = Duration.ofSeconds(60);

    /** Longer than a claim may be old when a request leaves, by the clock of the process, which nobody can move. */
    private static final Duration GUARD = Duration.ofMillis(5_300);

    private record Account(Person person, Line line, boolean ended, Expected expected) {}

    private final List<Account> accounts = new ArrayList<>();

    PausedCase(Ground ground, String member) {
        super(ground, "refresh: paused for 60 s before the request is sent", member);
    }

    @Override
    void prepare() {
        for (Service service : Service.values()) {
            for (boolean ended : new boolean[] {true, false}) {
                Person one = new Person(ground, person.id + "-" + service.id() + (ended ? "-ended" : "-due"));
                Line line = one.connect(service, ended ? Service.Moments.SHORT : Service.Moments.MIDDLE);
                accounts.add(new Account(one, line, ended, new Expected(service)));
            }
        }
    }

    @Override
    void strike(WorkerProcess worker) {
        for (Account account : accounts) {
            Service service = account.line().service;
            String id = account.person().row(service).id();
            worker.order("arm", RefreshPoint.NOT_SENT.gate, id);
            worker.order("use", account.person().id, service.id());
            worker.await("AT " + RefreshPoint.NOT_SENT.gate + " " + id);
            account.expected().died(RefreshPoint.Left.INTENT);
        }
        long since = System.nanoTime();
        worker.pause();
        ground.advance(PAUSE);
        for (Account account : accounts) {
            Service service = account.line().service;
            List<CompletableFuture<String>> calls = account.person().calls(service);
            account.expected().used(account.ended(), true);
            assertThat(Person.results(calls)).as("while the other is paused").containsOnly("200");
            Waits.until(
                    "the second node is done",
                    () -> account.person().row(service).sealNo() > 1
                            == account.expected().isStored());
        }
        while (System.nanoTime() - since < GUARD.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        worker.goOn();
        ground.tell(worker);
        worker.order("open");
        for (Account account : accounts) {
            assertThat(worker.await("DONE use " + account.person().id))
                    .as("the paused process")
                    .endsWith(" 200");
            if (!account.expected().isStored()) {
                account.expected().takenBack();
                account.expected().used(account.ended(), true);
                Waits.until(
                        "the paused process has taken a claim anew",
                        () -> account.person().row(account.line().service).sealNo() > 1);
            }
            assertSent(account);
        }
    }

    private void assertSent(Account account) {
        assertThat(ground.redemptions(account.line().service, account.line().first()))
                .as("sent by one of both, once")
                .isEqualTo(account.expected().redeemed());
    }

    @Override
    void afterEnd() {
        for (Account account : accounts) {
            Service service = account.line().service;
            account.expected().used(true, false);
            assertThat(Person.results(account.person().calls(service))).containsOnly("200");
            assertThat(account.expected().redeemed()).isEqualTo(1);
            assertThat(account.person().standing(service)).isEqualTo("ACTIVE");
            assertSeen(account.line(), 1);
        }
    }

    @Override
    void goesOn() {
        for (Account account : accounts) {
            assertGood(account.person(), account.line());
            account.person().assertRecordsOpen();
        }
    }

    @Override
    String outcome() {
        return accounts.stream()
                .map(account -> account.person().standing(account.line().service))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
