package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.TestClock;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key that is no credential itself, but makes short-lived ones; and a service that takes keys beside OAuth. */
class MintedTest {
    private static final Duration LIFE = Duration.ofHours(1);

    private final TestClock time = TestClock.at(Instant.parse("2026-11-20T12:00:00Z"));
    private final AtomicInteger minted = new AtomicInteger();
    private final List<HttpCall> sent = Collections.synchronizedList(new ArrayList<>());
    private final KeyForm minting = new KeyForm(
            List.of(Field.secret("key", "Key", "")),
            "key",
            (values, call) -> new Verification(true, Identity.of("1", "one"), List.of()),
            new Minter());
    private volatile boolean dead;
    private volatile int refusals;
    private Bulla bulla;

    private final class Minter implements TokenRefresher {
        @Override
        public Style style() {
            return Style.REMINT;
        }

        @Override
        public Tokens refresh(Tokens old, ProviderCall call) {
            if (dead) {
                throw new ProviderException(Kind.TERMINAL, "key_deleted", 400, null, "the key is gone");
            }
            String token = call.form().get("key").reveal() + "-" + minted.incrementAndGet();
            return Tokens.of(
                    new TokenSet(Secret.of(token), null, call.clock().instant().plus(LIFE), null, null, Map.of()));
        }
    }

    @AfterEach
    void close() {
        bulla.close();
    }

    private Member connect(Provider provider) {
        bulla = Bulla.builder()
                .store(InMemoryStore.on(time::millis))
                .baseline(Baseline.open())
                .clock(time)
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(provider)
                .transport(new TestTransport(call -> {
                    sent.add(call);
                    return new HttpAnswer(refusals-- > 0 ? 401 : 200, Map.of(), new byte[0]);
                }))
                .build();
        bulla.tenant("acme").connections().create("keyed", "keyed", Mode.FORM);
        Member alice = bulla.tenant("acme").member("alice");
        alice.submit("keyed", Map.of("key", "k"));
        return alice;
    }

    private Provider minting() {
        return Provider.builder("keyed", "Keyed")
                .form(minting)
                .api(ApiAccess.bearer("https://api.example.com"))
                .build();
    }

    private static int call(Member member) {
        try (Session session = member.session()) {
            return session.call("keyed", ApiRequest.get("/a")).status();
        }
    }

    private List<String> attached() {
        return sent.stream().map(call -> call.headers().get("Authorization")).toList();
    }

    @Test
    void mintedTokenGoesOutAndNotTheKey() {
        Member alice = connect(minting());
        call(alice);
        call(alice);

        assertThat(attached()).containsExactly("Bearer k-1", "Bearer k-1");
        assertThat(alice.accounts().get(0).expiresAt()).contains(time.instant().plus(LIFE));
    }

    @Test
    void mintedTokenIsReplacedOnceForAll() {
        Member alice = connect(minting());
        time.advance(LIFE);
        assertThat(Crowd.of(16, number -> call(alice))).containsOnly(200);

        assertThat(attached()).hasSize(16).containsOnly("Bearer k-2");
        time.advance(LIFE);
        call(alice);
        assertThat(minted).hasValue(3);
    }

    @Test
    void sweepMintsAhead() {
        Member alice = connect(minting());
        time.advance(LIFE.minusMinutes(2));

        assertThat(bulla.maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        call(alice);
        assertThat(attached()).containsExactly("Bearer k-2");
    }

    @Test
    void refusedTokenIsMintedAnew() {
        Member alice = connect(minting());
        refusals = 1;
        assertThat(call(alice)).isEqualTo(200);

        assertThat(attached()).containsExactly("Bearer k-1", "Bearer k-2");
    }

    @Test
    void deadKeyAsksForANewOne() {
        Member alice = connect(minting());
        time.advance(LIFE);
        dead = true;

        assertThat(Stage.failure(() -> call(alice)))
                .isInstanceOf(CredentialUnavailable.class)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED));
        ConnectedAccount account = alice.accounts().get(0);
        assertThat(account.status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        dead = false;
        alice.submit("keyed", Map.of("key", "k"));
        assertThat(call(alice)).isEqualTo(200);
    }

    @Test
    void keyThatMintsNothingIsNotTaken() {
        Member alice = connect(minting());
        dead = true;

        assertThat(Stage.failure(() -> alice.submit("keyed", Map.of("key", "other")))
                        .code())
                .isEqualTo(ErrorCode.FORM_REFUSED);
        call(alice);
        assertThat(attached()).containsExactly("Bearer k-1");
    }

    @Test
    void keyBesideOAuthIsAttachedInItsOwnWayAndNotRevoked() {
        OAuth2Spec spec = OAuth2Spec.builder("https://as.example.com/authorize", "https://as.example.com/token")
                .identity("https://as.example.com/me", "id", "name")
                .revocation(
                        RevocationCall.rfc7009("https://as.example.com/revoke", ClientAuthentication.POST, Reach.GRANT))
                .build();
        KeyForm form = new KeyForm(
                List.of(Field.secret("key", "Key", "")),
                "key",
                (values, call) -> new Verification(true, Identity.of("1", "one"), List.of()));
        Member alice = connect(Provider.builder("keyed", "Keyed")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .form(form, ApiAccess.bearer("https://keys.example.com").attached(Attachment.scheme("")))
                .api(ApiAccess.bearer("https://api.example.com"))
                .build());
        call(alice);
        Disconnected disconnected = alice.disconnect("keyed");

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).uri().getHost()).isEqualTo("keys.example.com");
        assertThat(attached()).containsExactly("k");
        assertThat(disconnected.revocation()).isEqualTo(Disconnected.Revocation.NOT_OFFERED);
        assertThat(bulla.tenant("acme").connections().get("keyed").usable()).isTrue();
    }
}
