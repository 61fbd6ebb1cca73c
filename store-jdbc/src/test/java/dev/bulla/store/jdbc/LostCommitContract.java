package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.databases.MisfortunePool;
import dev.bulla.databases.MisfortunePool.Commit;
import dev.bulla.store.AppRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer of a commit is lost at every writing verb: the verb still answers as promised, and nothing is written twice. */
abstract class LostCommitContract {
    private MisfortunePool pool;
    private Store store;

    abstract DataSource database();

    @BeforeEach
    void setUp() {
        pool = new MisfortunePool(database());
        SchemaInstaller.install(database());
        store = JdbcStore.of(pool.dataSource());
        store.open("test");
    }

    @AfterEach
    void everyConnectionIsBack() {
        assertThat(pool.open()).isZero();
        assertThat(pool.mostOpen()).isEqualTo(1);
        assertThat(pool.changed()).isZero();
    }

    /** A writing verb: what it answers, and how often it counts as written. */
    enum Verb {
        CONNECTION_INSERT {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                var row = sample.newConnection();
                assertThat(misfortune.during(() -> store.connections().insert(row)))
                        .isEqualTo(Write.DONE);
                assertThat(store.connections().list(sample.tenant)).hasSize(2);
            }
        },
        CONNECTION_UPDATE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                AppRow app = sample.newApp();
                assertThat(misfortune.during(() -> store.connections().update(sample.connection, app)))
                        .isEqualTo(Write.DONE);
                assertThat(store.connections().find(sample.tenant, sample.connection.id()))
                        .get()
                        .extracting(row -> row.rowVersion())
                        .isEqualTo(2L);
                assertThat(store.connections().apps(sample.tenant, sample.connection.id()))
                        .hasSize(1);
            }
        },
        CONNECTION_DELETE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(
                                () -> store.connections().delete(sample.tenant, sample.connection.id(), 1, true)))
                        .isEqualTo(Write.DONE);
                assertThat(store.connections().list(sample.tenant)).isEmpty();
            }
        },
        MEMBER_CREATE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                MemberRow made = misfortune.during(() -> store.members().findOrCreate(sample.tenant, "bob"));
                assertThat(made.rowVersion()).isEqualTo(1);
                assertThat(store.members().find(sample.tenant, "bob")).contains(made);
            }
        },
        MEMBER_UPDATE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                MemberRow read = store.members().findOrCreate(sample.tenant, sample.member);
                MemberRow next = sample.keyed(read);
                assertThat(misfortune.during(() -> store.members().update(read, next)))
                        .isEqualTo(Write.DONE);
                assertThat(store.members()
                                .findOrCreate(sample.tenant, sample.member)
                                .rowVersion())
                        .isEqualTo(read.rowVersion() + 1);
            }
        },
        MEMBER_REMOVE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(() -> store.members().remove(sample.tenant, sample.member)))
                        .isEqualTo(1);
                assertThat(store.members().find(sample.tenant, sample.member)).isEmpty();
            }
        },
        ACCOUNT_INSERT {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                var row = sample.newAccount("second");
                assertThat(misfortune.during(() -> store.accounts().insert(row, 0)))
                        .isEqualTo(Write.DONE);
                assertThat(store.accounts().ofMember(sample.tenant, sample.member))
                        .hasSize(2);
            }
        },
        REPLACE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                var row = sample.reconnected();
                assertThat(misfortune.during(() -> store.accounts().replace(row, 0)))
                        .isEqualTo(Write.DONE);
                assertVersion(store, sample, 2);
            }
        },
        CLAIM {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(
                                () -> store.accounts().claim(sample.tenant, sample.seen(), "me", 25_000, "hash")))
                        .isTrue();
                assertVersion(store, sample, 2);
                assertThat(store.accounts().claim(sample.tenant, sample.seen(), "you", 25_000, "hash"))
                        .isFalse();
            }
        },
        STORE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                var write = sample.answer();
                assertThat(misfortune.during(() -> store.accounts().store(write, 0)))
                        .isEqualTo(Write.DONE);
                assertVersion(store, sample, 2);
            }
        },
        SETTLE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                store.accounts().claim(sample.tenant, sample.seen(), "me", 25_000, "hash");
                assertThat(misfortune.during(() -> store.accounts()
                                .settle(sample.tenant, sample.account.id(), 1, "me", 2, "ACTIVE", "slow", 5L, true)))
                        .isTrue();
                assertVersion(store, sample, 3);
            }
        },
        MARK {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(
                                () -> store.accounts().mark(sample.tenant, sample.account.id(), 1, "GONE", null)))
                        .isEqualTo(Write.DONE);
                assertVersion(store, sample, 2);
            }
        },
        POSTPONE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(
                                () -> store.accounts().postpone(sample.tenant, sample.account.id(), 1, 777)))
                        .isEqualTo(Write.DONE);
                assertVersion(store, sample, 2);
            }
        },
        CLEAR {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                assertThat(misfortune.during(() -> store.accounts()
                                .clear(sample.tenant, sample.account.id(), 1, "attempt", "DISCONNECTED", null)))
                        .isEqualTo(Write.DONE);
                assertVersion(store, sample, 2);
            }
        },
        FLOW_INSERT {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                FlowRow flow = sample.newFlow();
                assertThat(misfortune.during(() -> store.flows().insert(flow, 60_000, 1)))
                        .isTrue();
                assertThat(store.flows().insert(sample.newFlow(), 60_000, 1)).isFalse();
            }
        },
        FLOW_TAKE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                FlowRow flow = sample.newFlow();
                store.flows().insert(flow, 60_000, 1);
                var take = misfortune.during(() -> store.flows().take(sample.tenant, flow.id(), "connect", "me"));
                assertThat(take.outcome()).isEqualTo(Outcome.TAKEN);
                assertThat(take.row()).isPresent();
                assertThat(store.flows()
                                .take(sample.tenant, flow.id(), "connect", "you")
                                .outcome())
                        .isEqualTo(Outcome.USED);
            }
        },
        PURGE {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                store.upkeep().purgeFlows(-1_000, 1_000);
                store.flows().insert(sample.newFlow(), 0, 1);
                assertThat(misfortune.during(() -> store.upkeep().purgeFlows(-1_000, 1_000)))
                        .isEqualTo(1);
            }
        },
        OPEN {
            @Override
            void check(Store store, Sample sample, Misfortune misfortune) {
                misfortune.during(() -> {
                    store.open("test");
                    return true;
                });
            }
        };

        abstract void check(Store store, Sample sample, Misfortune misfortune);

        private static void assertVersion(Store store, Sample sample, long version) {
            assertThat(store.accounts()
                            .find(sample.tenant, sample.account.id())
                            .orElseThrow()
                            .rowVersion())
                    .isEqualTo(version);
        }
    }

    interface Misfortune {
        <T> T during(Supplier<T> verb);
    }

    private Misfortune commits(Commit commit, int times) {
        return new Misfortune() {
            @Override
            public <T> T during(Supplier<T> verb) {
                pool.commits(commit, times);
                T answer = verb.get();
                assertThat(pool.badCommitsLeft())
                        .as("the misfortune has struck")
                        .isZero();
                return answer;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void lostAnswerOfACommitIsSettled(Verb verb) {
        verb.check(store, new Sample(store), commits(Commit.ANSWER_LOST, 1));
    }

    @ParameterizedTest
    @EnumSource
    void lostCommitIsDoneAgain(Verb verb) {
        verb.check(store, new Sample(store), commits(Commit.NOT_DONE, 2));
    }

    @ParameterizedTest
    @EnumSource
    void lostConnectionBeforeTheCommitIsMetWithANewOne(Verb verb) {
        verb.check(store, new Sample(store), new Misfortune() {
            @Override
            public <T> T during(Supplier<T> action) {
                pool.statements(2);
                return action.get();
            }
        });
    }

    @Test
    void outcomeThatStaysUnknownIsUnavailable() {
        Sample sample = new Sample(store);
        pool.commits(Commit.ANSWER_LOST, 1);
        pool.statements(0);
        var write = sample.answer();
        assertThat(store.accounts().store(write, 0)).isEqualTo(Write.DONE);

        pool.commits(Commit.NOT_DONE, 1_000);
        assertThatThrownBy(() -> store.accounts().mark(sample.tenant, sample.account.id(), 2, "X", null))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
                    assertThat(e).hasMessageContaining("outcome");
                });
        pool.commits(Commit.FINE, 0);
        assertThat(store.accounts()
                        .find(sample.tenant, sample.account.id())
                        .orElseThrow()
                        .rowVersion())
                .isEqualTo(2);
    }

    @Test
    void poolThatDoesNotCommitIsRefused() {
        pool.commits(Commit.IGNORED, 1_000);
        assertThatThrownBy(() -> store.open("test"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETUP))
                .hasMessageContaining("not seen");
        pool.commits(Commit.FINE, 0);
    }
}
