package dev.bulla.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.Style;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WhenTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static TokenSet set(Duration life, boolean refreshable) {
        return new TokenSet(
                Secret.of("access"),
                refreshable ? Secret.of("refresh") : null,
                life == null ? null : NOW.plus(life),
                null,
                null,
                Map.of());
    }

    private static When.Times times(Style style, Tokens tokens, double jitter) {
        return When.times(provider(style), tokens, NOW, NOW, () -> jitter);
    }

    private static Duration due(Duration life, double jitter) {
        Long due =
                times(Style.REFRESH_TOKEN, Tokens.of(set(life, true)), jitter).refreshAt();
        return Duration.between(NOW, Instant.ofEpochMilli(Objects.requireNonNull(due)));
    }

    @Test
    void shortAndMiddlingLifetimesAreDueNoLaterThanAtFixedCadences() {
        Map<Duration, Duration> cadences = new LinkedHashMap<>();
        cadences.put(Duration.ofMinutes(30), Duration.ofMinutes(20));
        cadences.put(Duration.ofMinutes(60), Duration.ofMinutes(45));
        cadences.put(Duration.ofHours(2), Duration.ofMinutes(90));
        cadences.put(Duration.ofHours(24), Duration.ofHours(24));
        cadences.forEach((life, cadence) -> {
            for (double jitter : new double[] {0, 0.5, 0.999}) {
                assertThat(due(life, jitter)).as("%s of %s", jitter, life).isLessThanOrEqualTo(cadence);
            }
        });
    }

    @Test
    void longLifetimesAreDueWeeksAhead() {
        assertThat(due(Duration.ofDays(60), 0)).isEqualTo(Duration.ofDays(45));
        assertThat(due(Duration.ofDays(60), 0.999)).isBetween(Duration.ofDays(43), Duration.ofDays(45));
    }

    @Test
    void shortestLivesAreDueWithinThem() {
        assertThat(due(Duration.ofSeconds(5), 0)).isBetween(Duration.ofMillis(3_300), Duration.ofMillis(3_400));
        assertThat(due(Duration.ofSeconds(5), 1)).isBetween(Duration.ofMillis(3_150), Duration.ofMillis(3_250));
        assertThat(due(Duration.ofMinutes(30), 0)).isEqualTo(Duration.ofMinutes(20));
        assertThat(due(Duration.ofMinutes(30), 1)).isEqualTo(Duration.ofMinutes(19));
    }

    @Test
    void jitterOnlyBringsForwardAndByATenthOfTheMarginAtMost() {
        for (Duration life : List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(24),
                Duration.ofDays(60))) {
            Duration latest = due(life, 0);
            assertThat(latest).isEqualTo(life.minus(When.advisory(life)).truncatedTo(ChronoUnit.MILLIS));
            for (double jitter : new double[] {0.1, 0.5, 0.9, 1}) {
                assertThat(due(life, jitter))
                        .as("%s of %s", jitter, life)
                        .isBetween(latest.minus(When.advisory(life).dividedBy(10)), latest);
            }
        }
    }

    private static AccountRow row(int keyNo, Long refreshAt, Long expiresAt, long now) {
        return new AccountRow(
                "id",
                "t",
                "m",
                "c",
                "",
                "app",
                "ACTIVE",
                null,
                null,
                null,
                "",
                "{}",
                null,
                1,
                keyNo,
                AccountRow.Claim.NONE,
                expiresAt,
                refreshAt,
                null,
                null,
                1,
                "a",
                0,
                0,
                0,
                now);
    }

    @Test
    void sweepGoesByTheTimeOfTheDatabaseThatEveryNodeReads() {
        long due = Duration.ofMinutes(45).toMillis();
        long end = Duration.ofMinutes(60).toMillis();
        assertThat(When.need(row(0, due, end, due - 1), 0)).isNull();
        assertThat(When.need(row(0, due, end, due), 0)).isEqualTo(Need.DUE);
        assertThat(When.need(row(0, due, end, end + 1), 0)).isEqualTo(Need.DUE);
        assertThat(When.need(row(1, due, end, due), 0)).isNull();
        assertThat(When.need(row(0, null, end, end), 0)).isNull();
    }

    @Test
    void sweepLooksAheadNoFurtherThanTheMargin() {
        long due = Duration.ofMinutes(45).toMillis();
        long end = Duration.ofMinutes(60).toMillis();
        long hour = Duration.ofHours(1).toMillis();
        assertThat(When.need(row(0, due, end, due - 60_000), 60_000)).isEqualTo(Need.EARLY);
        assertThat(When.need(row(0, due, end, due - 60_001), 60_000)).isNull();
        assertThat(When.need(row(0, due, end, due - (end - due)), hour)).isEqualTo(Need.EARLY);
        assertThat(When.need(row(0, due, end, due - (end - due) - 1), hour)).isNull();
        assertThat(When.need(row(0, due, null, due - 1), hour)).isNull();
    }

    @Test
    void consentEndsWhateverIsRefreshed() {
        Duration life = Duration.ofDays(100);
        Provider provider =
                provider(Style.REFRESH_TOKEN, builder().grantLifetime(life).build());
        Instant consent = NOW.minus(Duration.ofDays(99));
        TokenSet idle = new TokenSet(
                Secret.of("access"), Secret.of("refresh"), null, NOW.plus(Duration.ofDays(30)), null, Map.of());
        assertThat(When.times(provider, Tokens.of(idle), consent, NOW, () -> 0).refreshBy())
                .isEqualTo(consent.plus(life).toEpochMilli());
        assertThat(When.times(provider, Tokens.of(idle), NOW, NOW, () -> 0).refreshBy())
                .isEqualTo(NOW.plus(Duration.ofDays(30)).toEpochMilli());
    }

    @Test
    void everyLifetimeHasATimeOfUseAndATimeToRefresh() {
        for (long seconds = 1; seconds < Duration.ofDays(400).toSeconds(); seconds += 1 + seconds / 20) {
            Duration life = Duration.ofSeconds(seconds);
            Duration latest = life.minus(When.mandatory(life));
            for (double jitter : new double[] {0, 0.999}) {
                assertThat(due(life, jitter)).as("%s", life).isBetween(life.dividedBy(2), latest);
            }
        }
    }

    @Test
    void mandatoryMarginIsAMinuteOrATenth() {
        assertThat(When.mandatory(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(500));
        assertThat(When.mandatory(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(30));
        assertThat(When.mandatory(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void everybodyWaitsFromTheMandatoryMarginOn() {
        long end = Duration.ofMinutes(60).toMillis();
        long due = Duration.ofMinutes(45).toMillis();
        assertThat(When.mandatory(end - 60_001, due, end)).isFalse();
        assertThat(When.mandatory(end - 60_000, due, end)).isTrue();
        assertThat(When.mandatory(end, due, end)).isTrue();
        assertThat(When.mandatory(Long.MAX_VALUE, due, null)).isFalse();
    }

    @Test
    void unknownEndIsNeverDue() {
        When.Times times = times(Style.REFRESH_TOKEN, Tokens.of(set(null, true)), 0);
        assertThat(times).isEqualTo(new When.Times(null, null, null));
    }

    @Test
    void tokenThatCanNotBeRefreshedHasAnEndAlone() {
        long end = NOW.plus(Duration.ofHours(1)).toEpochMilli();
        assertThat(times(Style.REFRESH_TOKEN, Tokens.of(set(Duration.ofHours(1), false)), 0))
                .isEqualTo(new When.Times(end, null, end));
        assertThat(times(Style.NEVER, Tokens.of(set(Duration.ofHours(1), true)), 0))
                .isEqualTo(new When.Times(end, null, end));
    }

    @Test
    void exchangedTokenNeedsAConsentFromItsEndOn() {
        When.Times times = times(Style.EXCHANGE_CURRENT, Tokens.of(set(Duration.ofDays(60), false)), 0);
        assertThat(times.refreshBy()).isEqualTo(times.expiresAt());
        assertThat(times.refreshAt()).isNotNull();
    }

    @Test
    void mintedTokenNeedsNoConsent() {
        assertThat(times(Style.REMINT, Tokens.of(set(Duration.ofHours(1), false)), 0)
                        .refreshBy())
                .isNull();
    }

    @Test
    void ofSeveralSetsTheFirstEndOfTheRenewedOnesCounts() {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        sets.put("bot", set(Duration.ofHours(12), true));
        sets.put("user", set(Duration.ofHours(6), true));
        sets.put("fixed", set(Duration.ofHours(1), false));
        assertThat(times(Style.REFRESH_TOKEN, Tokens.named(sets), 0).expiresAt())
                .isEqualTo(NOW.plus(Duration.ofHours(6)).toEpochMilli());
    }

    @Test
    void setThatIsOverDoesNotMakeTheOthersDueAtOnce() {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        sets.put("bot", set(Duration.ofHours(12), true));
        sets.put("user", set(Duration.ofMinutes(-5), true));
        assertThat(times(Style.REFRESH_TOKEN, Tokens.named(sets), 0).expiresAt())
                .isEqualTo(NOW.plus(Duration.ofHours(12)).toEpochMilli());
    }

    private static Provider provider(Style style) {
        return provider(style, builder().build());
    }

    private static OAuth2Spec.Builder builder() {
        return OAuth2Spec.builder("https://s.example.com/authorize", "https://s.example.com/token")
                .identity("https://s.example.com/me", "id");
    }

    private static Provider provider(Style style, OAuth2Spec spec) {
        TokenRefresher refresher = new TokenRefresher() {
            @Override
            public Style style() {
                return style;
            }

            @Override
            public Tokens refresh(Tokens old, ProviderCall call) {
                throw new UnsupportedOperationException();
            }
        };
        return Provider.builder("s", "S")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), refresher, null)
                .api(ApiAccess.bearer("https://s.example.com"))
                .build();
    }
}
