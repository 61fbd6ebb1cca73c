package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a session begins, and how it ends. */
class SessionTest {
    private final World world = new World();
    private final Member alice = world.member("alice");

    @BeforeEach
    void connect() {
        world.connection("notes");
        world.connect(alice, "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void idleSessionEnds() {
        Session session = alice.session();
        for (int use = 0; use < 3; use++) {
            world.time.advance(Duration.ofMinutes(15).minusSeconds(1));
            session.accounts();
        }
        world.time.advance(Duration.ofMinutes(15));
        refused(ErrorCode.SESSION_CLOSED, session::accounts);
    }

    @Test
    void busySessionEndsAfterEightHours() {
        Session session = alice.session();
        for (int use = 1; use < 48; use++) {
            world.time.advance(Duration.ofMinutes(10));
            session.accounts();
        }
        world.time.advance(Duration.ofMinutes(10));
        refused(ErrorCode.SESSION_CLOSED, session::accounts);
    }

    @Test
    void closedSessionServesNothing() {
        Session session = alice.session();
        session.close();
        refused(ErrorCode.SESSION_CLOSED, () -> session.tokenForSdk("notes"));
        assertThat(session).hasToString("Session[closed]");
    }

    @Test
    void replacedKeyEndsItsSessionsAtOnce() {
        MemberKey first = Keys.first(alice);
        Session session = alice.session(first);
        MemberKey offered = MemberKey.parse(alice.keys().rotate(first).text());
        session.tokenForSdk("notes");
        Session next = alice.session(offered);

        assertThat(session).hasToString("Session[closed]");
        next.tokenForSdk("notes");
        alice.keys().reset();
        assertThat(next).hasToString("Session[closed]");
    }

    @Test
    void sessionIsNotSerialised() throws IOException {
        try (Session session = alice.session(Keys.first(alice));
                ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(session)).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void eachWrongKeyIsToldWithoutTellingMore() {
        MemberKey foreign = Keys.first(world.member("bob"));
        refused(ErrorCode.KEY_WRONG, () -> alice.session(foreign));
        MemberKey former = Keys.first(alice);
        MemberKey key = Keys.rotated(alice, former);
        String text = key.revealText();
        String mistyped = text.substring(0, text.length() - 1) + (text.endsWith("q") ? 'p' : 'q');

        assertThatThrownBy(() -> MemberKey.parse(mistyped))
                .hasMessageNotContaining(mistyped.substring(8, 13))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_MALFORMED));
        for (MemberKey wrong : new MemberKey[] {foreign, former, MemberKey.generate()}) {
            assertThatThrownBy(() -> alice.session(wrong))
                    .hasMessage("this is not the member's active key")
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_WRONG));
        }
        alice.session(key).close();
    }

    @Test
    void secondFirstKeyIsRefused() {
        Keys.first(alice);
        refused(ErrorCode.KEY_EXISTS, () -> alice.keys().issue());
        refused(ErrorCode.KEY_WRONG, () -> alice.keys().rotate(MemberKey.generate()));
    }
}
