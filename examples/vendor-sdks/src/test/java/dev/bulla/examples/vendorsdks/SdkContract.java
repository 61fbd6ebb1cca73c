package dev.bulla.examples.vendorsdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every SDK that gets its tokens from a session. */
abstract class SdkContract {
    private static final int TOGETHER = 16;

    private final FakeService vendor;
    private final TestBulla world;
    private final VendorApi api;
    private final String connection;

    SdkContract(Provider provider, VendorApi.Answers answers) {
        vendor = FakeService.speaking(provider);
        connection = provider.id();
        world = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()), vendor);
        api = new VendorApi(vendor, answers);
        world.connect("acme", "alice", connection);
    }

    /** One call of the SDK that says whose account it is; it throws where the vendor refuses. */
    abstract String whoAmI(String api, Session session, String connection) throws Exception;

    @AfterEach
    void close() {
        api.close();
        world.close();
    }

    private String whoAmI(Session session) throws Exception {
        return whoAmI(api.address(), session, connection);
    }

    private Session session(String member) {
        return world.bulla().tenant("acme").member(member).session();
    }

    private long refreshes() {
        return vendor.journal().tokenRequests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .count();
    }

    @Test
    void sdkCallsAsTheMember() throws Exception {
        try (Session session = session("alice")) {
            assertThat(whoAmI(session)).isEqualTo("Alice");
        }
        assertThat(refreshes()).isZero();
    }

    @Test
    void tokenIsRefreshedBeforeItEnds() throws Exception {
        try (Session session = session("alice")) {
            whoAmI(session);
        }
        world.advance(Duration.ofHours(13));

        try (Session session = session("alice")) {
            assertThat(whoAmI(session)).isEqualTo("Alice");
            assertThat(whoAmI(session)).isEqualTo("Alice");
        }
        assertThat(refreshes()).isEqualTo(1);
        assertThat(api.asked()).hasSize(3);
    }

    @Test
    void callsThatMeetOneRefusedTokenRefreshOnce() throws Exception {
        vendor.service().endAccess("alice");
        ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);

        try (Session session = session("alice")) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                calls.add(() -> whoAmI(session));
            }
            for (Future<String> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo("Alice");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void secondRefusalIsAnAnswer() {
        api.refuseEverything();

        try (Session session = session("alice")) {
            assertThatThrownBy(() -> whoAmI(session))
                    .isNotInstanceOf(BullaException.class)
                    .message()
                    .doesNotContain("Bearer");
        }
        assertThat(refreshes()).isEqualTo(1);
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void memberWithoutAccountIsToldSo() {
        try (Session session = session("bob")) {
            assertThatThrownBy(() -> whoAmI(session))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
        }
        assertThat(api.asked()).isEmpty();
    }
}
