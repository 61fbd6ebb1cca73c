package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member of whom one verb is struck by a fault, and what must be true of them afterwards. */
final class Struck {
    /** Longer than a claim. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    final Stage stage;
    final String id;
    /** The keys that the member was shown. */
    final List<MemberKey> shown = new ArrayList<>();

    Struck(Stage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    Member member() {
        return stage.world.member(id);
    }

    Member on(Bulla node) {
        return node.tenant(World.TENANT).member(id);
    }

    String connect(Bulla node) {
        ConnectStep.Redirect step = (ConnectStep.Redirect) on(node).connect("notes", World.RETURN);
        Landing landing =
                on(node).complete(Trip.agreed(stage.world.server, step, "anna").request());
        return landing.outcome() instanceof Landing.Failed failed
                ? failed.detail()
                : landing.outcome().getClass().getSimpleName();
    }

    void connected() {
        assertThat(connect(stage.world.bulla)).isEqualTo("Connected");
    }

    /** A first key, with everything done that follows. */
    MemberKey keyed() {
        MemberKey key = Keys.first(member());
        Keys.await(() ->
                assertThat(rows()).allSatisfy(row -> assertThat(row.sealNo()).isEqualTo(3)));
        return key;
    }

    String call(Bulla node) {
        try (Session session = on(node).session()) {
            return String.valueOf(session.call("notes", Stage.ME).status());
        }
    }

    List<AccountRow> rows() {
        return stage.rows().accounts().ofMember(World.TENANT, id);
    }

    Optional<ConnectedAccount> account() {
        return member().accounts().stream().findAny();
    }

    /** What a member sees. */
    String status() {
        return account()
                .map(account -> account.status()
                        + account.reason().map(reason -> " " + reason.code()).orElse(""))
                .orElse("no account");
    }

    /** The process has ended, and any claim with it. */
    void claimsEnd() {
        stage.after(CLAIM);
        assertThat(rows()).allSatisfy(row -> assertThat(row.claim().until()).isLessThanOrEqualTo(row.now()));
    }

    /** Without faults everything goes on, and what was connected can be ended for good. */
    void goesOn(@Nullable MemberKey key) {
        Optional<ConnectedAccount> account = account();
        boolean usable = account.isPresent() && account.get().status() == AccountStatus.ACTIVE;
        if (!usable || !works(key)) {
            connected();
            assertThat(works(key)).isTrue();
        }
        if (key != null) {
            Keys.await(() -> assertThat(account().orElseThrow().sealedTo()).isEqualTo(SealedTo.MEMBER));
        }
        try (Session session = session(key)) {
            assertThat(session.disconnect("notes").revocation()).isEqualTo(Disconnected.Revocation.REVOKED);
        }
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.sealed()).isNull();
            assertThat(row.claim()).isEqualTo(AccountRow.Claim.NONE);
        });
        assertThat(stage.redemptions()).isLessThanOrEqualTo(1);
    }

    /** Whether a call goes through; where it does not, the account must say that it is to be connected again. */
    private boolean works(@Nullable MemberKey key) {
        try (Session session = session(key)) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
            return true;
        } catch (BullaException e) {
            assertThat(e.code().name()).isEqualTo("RECONNECT_REQUIRED");
            assertThat(account().orElseThrow().status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
            return false;
        }
    }

    private Session session(@Nullable MemberKey key) {
        return key == null ? member().session() : member().session(key);
    }
}
