package dev.bulla.providers.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoTokensTest {
    private final Provider slack = Slack.create();
    private final List<HttpCall> sent = new ArrayList<>();

    /** Answers one body after the other. */
    private ProviderCall answering(String... bodies) {
        App app = new App("id", Secret.of("secret"), URI.create("https://host.example.com/c"), Map.of());
        return new ProviderCall(
                call -> {
                    sent.add(call);
                    String body = bodies[Math.min(sent.size(), bodies.length) - 1];
                    return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
                },
                Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC),
                app);
    }

    private static Tokens both(@Nullable String botRefresh, @Nullable String userRefresh) {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        sets.put(Slack.BOT, set("xoxb", botRefresh));
        sets.put(Slack.USER, set("xoxp", userRefresh));
        return Tokens.named(sets);
    }

    private static TokenSet set(String access, @Nullable String refresh) {
        return new TokenSet(Secret.of(access), refresh == null ? null : Secret.of(refresh), null, null, null, Map.of());
    }

    private static String refreshed(String type, String token) {
        return "{\"ok\":true,\"access_token\":\"" + token + "\",\"refresh_token\":\"r-" + token
                + "\",\"expires_in\":43200,\"token_type\":\"" + type + "\"}";
    }

    private List<String> bearers() {
        return sent.stream()
                .map(call -> call.headers().getOrDefault("Authorization", ""))
                .toList();
    }

    @Test
    void eachTokenIsRefreshedByItsOwn() {
        Tokens bot = refresh(Slack.BOT, refreshed("bot", "new-b"));
        Tokens user = refresh(Slack.USER, refreshed("user", "new-u"));

        assertThat(bot.sets()).containsOnlyKeys(Slack.BOT);
        assertThat(bot.main().accessToken().reveal()).isEqualTo("new-b");
        assertThat(user.sets()).containsOnlyKeys(Slack.USER);
        assertThat(user.main().accessToken().reveal()).isEqualTo("new-u");
        assertThat(user.main().refreshToken().reveal()).isEqualTo("r-new-u");
    }

    private Tokens refresh(String name, String answer) {
        sent.clear();
        Tokens one = Tokens.named(Map.of(name, both("xoxe-1", "xoxe-2").sets().get(name)));
        return slack.refresher().orElseThrow().refresh(one, answering(answer));
    }

    @Test
    void identityIsThePersonWhereThereIsOne() {
        Identity identity = slack.flow()
                .orElseThrow()
                .identify(
                        both(null, null),
                        answering(
                                "{\"ok\":true,\"team\":\"Team\",\"user\":\"ann\",\"team_id\":\"T1\",\"user_id\":\"U1\"}"));

        assertThat(bearers()).containsExactly("Bearer xoxp");
        assertThat(identity.subject()).isEqualTo("T1.U1");
        assertThat(identity.displayName()).isEqualTo("ann");
        assertThat(identity.attributes()).containsEntry("team", "Team");
    }

    @Test
    void errorUnder200IsTold() {
        ProviderCall call = answering("{\"ok\":false,\"error\":\"account_inactive\"}");

        assertThatThrownBy(() -> slack.flow().orElseThrow().identify(both(null, null), call))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.TERMINAL);
                    assertThat(failure.error()).isEqualTo("account_inactive");
                });
    }

    @Test
    void tokenThatHasExpiredEndsAnAccountOnlyWhereARefreshIsAskedFor() {
        String expired = "{\"ok\":false,\"error\":\"token_expired\"}";

        assertThatThrownBy(() -> slack.refresher().orElseThrow().refresh(both("xoxe-1", null), answering(expired)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TERMINAL));
        assertThatThrownBy(() -> slack.flow().orElseThrow().identify(both(null, null), answering(expired)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT));
        slack.revoker().orElseThrow().revoke(both(null, null), answering(expired));
    }

    @ParameterizedTest
    @CsvSource({
        "user_email_unverified,TERMINAL",
        "access_denied,TERMINAL",
        "cannot_install_an_org_installed_app,TERMINAL",
        "no_scopes,MISCONFIGURED",
        "oauth_authorization_url_mismatch,MISCONFIGURED",
        "invalid_code_verifier,TERMINAL",
        "code_already_used,TERMINAL",
        "invalid_team_for_non_distributed_app,MISCONFIGURED",
        "team_added_to_org,TRANSIENT",
        "org_login_required,TRANSIENT",
        "request_timeout,TRANSIENT",
        "internal_error,OUTCOME_UNKNOWN",
    })
    void failureIsKnownByItsCode(String code, Kind kind) {
        ProviderCall call = answering("{\"ok\":false,\"error\":\"" + code + "\"}");

        assertThatThrownBy(() -> slack.refresher().orElseThrow().refresh(both("xoxe-1", null), call))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure.error()).isEqualTo(code);
                });
    }

    @Test
    void revocationThatIsDeniedIsTold() {
        ProviderCall call = answering("{\"ok\":false,\"error\":\"access_denied\"}");

        assertThatThrownBy(() -> slack.revoker().orElseThrow().revoke(both(null, null), call))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void botOfTheWorkspaceStaysWhenAPersonDisconnects() {
        slack.revoker().orElseThrow().revoke(both(null, null), answering("{\"ok\":true,\"revoked\":true}"));

        assertThat(bearers()).containsExactly("Bearer xoxp");
    }

    @Test
    void rotatingBotTokenEndsWithItsAccount() {
        slack.revoker().orElseThrow().revoke(both("xoxe-1", "xoxe-2"), answering("{\"ok\":true,\"revoked\":true}"));

        assertThat(bearers()).containsExactlyInAnyOrder("Bearer xoxb", "Bearer xoxe-1", "Bearer xoxp", "Bearer xoxe-2");
    }

    @Test
    void revocationThatFailsUnder200IsTold() {
        ProviderCall call = answering("{\"ok\":false,\"error\":\"internal_error\"}");

        assertThatThrownBy(() -> slack.revoker().orElseThrow().revoke(both(null, null), call))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void webhookAddressIsKeptWithTheBotToken() {
        Tokens tokens = slack.flow()
                .orElseThrow()
                .complete(
                        new OAuthFlow.Completion(
                                Secret.of("code"), Secret.of("verifier"), "nonce", List.of("incoming-webhook")),
                        answering(
                                "{\"ok\":true,\"access_token\":\"xoxb\",\"token_type\":\"bot\",\"scope\":\"incoming-webhook\","
                                        + "\"incoming_webhook\":{\"url\":\"https://hooks.slack.com/services/x\",\"channel_id\":\"C1\"}}"));

        assertThat(tokens.main().extra()).containsEntry("incoming_webhook.url", "https://hooks.slack.com/services/x");
    }
}
