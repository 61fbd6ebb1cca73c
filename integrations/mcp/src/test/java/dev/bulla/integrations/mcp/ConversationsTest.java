package dev.bulla.integrations.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Session;
import dev.bulla.integrations.mcp.Conversations.Conversation;
import dev.bulla.integrations.mcp.Office.Answer;
import dev.bulla.integrations.mcp.Office.Client;
import dev.bulla.key.Grant;
import dev.bulla.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of the protocol over the library's: how they go on, how many there are, and what is counted over all of a bearer. */
class ConversationsTest {
    private final Office office = new Office();
    private String key;
    private Client alice;

    @BeforeEach
    void connect() {
        key = office.connected("alice");
        alice = office.client(key).begun();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static List<Object> said(Answer answer) {
        return List.of(answer.status(), String.valueOf(answer.code()));
    }

    @Test
    void whatHasBegunIsNotBegunAgain() {
        office.between = () -> office.clock.advance(Duration.ofHours(8));

        Answer answer = alice.call("notes__twice", Map.of());

        assertThat(office.notes.asked).containsExactly("POST /notes");
        assertThat(said(answer)).containsExactly(503, "-32603");
        assertThat(answer.message()).contains("before it is done again");
    }

    @Test
    void whatHasNotBegunGoesOnInTheNextSession() {
        office.clock.advance(Duration.ofMinutes(20));

        assertThat(alice.call("notes__twice", Map.of()).status()).isEqualTo(200);

        assertThat(office.notes.asked).containsExactly("POST /notes", "POST /notes");
    }

    @Test
    void aKeyThatIsReplacedDuringACallIsUnknown() {
        office.between = () -> office.member("alice").keys().reset();

        assertThat(said(alice.call("notes__twice", Map.of()))).containsExactly(401, "-32600");
        assertThat(office.notes.asked).containsExactly("POST /notes");
    }

    @Test
    void whoeverComesMeanwhileGetsTheSameSession() throws Exception {
        Conversations conversations = new Conversations(office.clock);
        String id = conversations.begin("acme", "alice", session());
        Conversation conversation = conversations.find(id, "alice").orElseThrow();
        office.clock.advance(Duration.ofMinutes(16));
        AtomicInteger opened = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Session>> got = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                got.add(threads.submit(() -> conversation.session(() -> {
                    opened.incrementAndGet();
                    return session();
                })));
            }
            Session first = got.get(0).get();
            for (Future<Session> one : got) {
                assertThat(one.get()).isSameAs(first);
            }
            assertThat(first.isOpen()).isTrue();
            assertThat(opened).hasValue(1);
            conversations.end(id);
            assertThat(first.isOpen()).isFalse();
            assertThat(conversation.session(this::session)).isNull();
        } finally {
            threads.shutdownNow();
        }
    }

    private Session session() {
        return office.member("alice").session();
    }

    @Test
    void manyGrantsOfOneMemberMakeRoomOfTheirOwn() {
        Client bob = office.client(office.connected("bob")).begun();
        office.clock.advance(Duration.ofSeconds(1));
        int grants = Conversations.MOST_OF_MEMBER / Conversations.MOST_OF_ONE;
        for (int i = 0; i < grants; i++) {
            String grant = office.granted("alice", key, Grant.everything());
            for (int j = 0; j < Conversations.MOST_OF_ONE; j++) {
                office.client(grant).begun();
            }
        }

        assertThat(alice.ask("ping", Map.of()).status())
                .as("the oldest of this member")
                .isEqualTo(404);
        assertThat(bob.ask("ping", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void oneBearerMakesRoomOfItsOwn() {
        Client bob = office.client(office.connected("bob")).begun();
        Client agent =
                office.client(office.granted("alice", key, Grant.everything())).begun();
        office.clock.advance(Duration.ofSeconds(1));
        List<Client> greedy = new ArrayList<>();
        for (int i = 0; i < Conversations.MOST_OF_ONE; i++) {
            greedy.add(office.client(key).begun());
        }

        assertThat(alice.ask("ping", Map.of()).status())
                .as("the oldest of this key")
                .isEqualTo(404);
        assertThat(greedy)
                .allSatisfy(
                        one -> assertThat(one.ask("ping", Map.of()).status()).isEqualTo(200));
        assertThat(bob.ask("ping", Map.of()).status()).isEqualTo(200);
        assertThat(agent.ask("ping", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void denialsAreCountedOverAllSessionsOfABearer() {
        office.bulla
                .tenant(Office.TENANT)
                .connections()
                .policies("notes")
                .create(Policy.forbid("Enough")
                        .afterDenials(2)
                        .denyMessage("Enough for today.")
                        .build());
        for (int i = 0; i < 2; i++) {
            assertThat(said(office.client(key).begun().call("notes__delete_notes", Map.of())))
                    .containsExactly(200, "-32600");
        }

        Answer answer = office.client(key).begun().call("notes__list_notes", Map.of());

        assertThat(said(answer)).containsExactly(200, "-32600");
        assertThat(answer.message()).contains("Enough for today.");
        Client agent =
                office.client(office.granted("alice", key, Grant.everything())).begun();
        assertThat(agent.call("notes__list_notes", Map.of()).result()).containsEntry("isError", false);
    }
}
