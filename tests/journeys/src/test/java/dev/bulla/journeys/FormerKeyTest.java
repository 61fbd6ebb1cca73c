package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.store.Store;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.store.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that counts no more opens nothing on any node, be it what the host provides for everybody. */
class FormerKeyTest {
    private final AtomicInteger sent = new AtomicInteger();
    private final Store store = InMemoryStore.create();
    private final HostKeyring ring = HostKeyring.ephemeral();
    private final Bulla here = node();
    private final Bulla there = node();
    private MemberKey key;
    private Session session;

    private Bulla node() {
        return Bulla.builder()
                .store(store)
                .hostKeys(ring)
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(shop())
                .transport(new TestTransport(call -> {
                    sent.incrementAndGet();
                    return new HttpAnswer(200, Map.of(), new byte[0]);
                }))
                .build();
    }

    private static Provider shop() {
        KeyForm form = new KeyForm(
                List.of(Field.secret("key", "Key", "")),
                "key",
                (values, call) -> new KeyForm.Verification(true, Identity.of("x", "x"), List.of()));
        return Provider.builder("shop", "Shop")
                .form(form)
                .hostCredential()
                .api(ApiAccess.bearer("https://shop.example.com"))
                .build();
    }

    @BeforeEach
    void open() {
        Connections owner = here.tenant("acme").connections();
        owner.create("shop", "shop", Mode.HOST_CREDENTIAL);
        owner.save("shop", Settings.none().withSecret("key", "secret"));
        key = Keys.first(alice(here));
        session = alice(here).session(key);
        assertThat(session.call("shop", ApiRequest.get("/x")).status()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Member alice(Bulla node) {
        return node.tenant("acme").member("alice");
    }

    private void isClosed() {
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> session.call("shop", ApiRequest.get("/x")))
                .returns(ErrorCode.SESSION_CLOSED, BullaException::code);
        assertThat(sent).hasValue(1);
    }

    @Test
    void replacedKeyCallsNothing() {
        MemberKey next = MemberKey.parse(alice(there).keys().rotate(key).text());
        alice(there).keys().confirm(next);
        isClosed();
        try (Session open = alice(here).session(next)) {
            assertThat(open.call("shop", ApiRequest.get("/x")).status()).isEqualTo(200);
        }
    }

    @Test
    void revokedKeyCallsNothing() {
        alice(there).keys().revoke(key);
        isClosed();
    }
}
