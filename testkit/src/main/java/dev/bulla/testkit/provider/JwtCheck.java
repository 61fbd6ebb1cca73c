package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a signed JWT with the documented one: the signature by the key of this test run, header, claims and times. */
final class JwtCheck {
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final Asked.Jwt documented;
    private final List<String> absent;
    private final Instant now;

    JwtCheck(Asked.Jwt documented, List<String> absent, Instant now) {
        this.documented = documented;
        this.absent = absent;
        this.now = now;
    }

    void check(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            assertThat(isSigned(jwt)).as("signed with the key").isTrue();
            Map<String, Object> header = jwt.getHeader().toJSONObject();
            documented
                    .header()
                    .forEach((name, value) -> assertThat(String.valueOf(header.get(name)))
                            .as(name)
                            .isEqualTo(value));
            Map<String, Object> claims = jwt.getPayload().toJSONObject();
            documented.claims().forEach((name, value) -> checkClaim(name, value, claims.get(name)));
            assertThat(claims).doesNotContainKeys(absent.toArray(String[]::new));
        } catch (ParseException | JOSEException e) {
            throw new AssertionError("no signed JWT in " + documented.in(), e);
        }
    }

    private static boolean isSigned(SignedJWT jwt) throws JOSEException {
        return jwt.getHeader().getAlgorithm().getName().startsWith("RS")
                ? jwt.verify(new RSASSAVerifier(TestKeys.rsa()))
                : jwt.verify(new ECDSAVerifier(TestKeys.ec()));
    }

    /** Times may be a little earlier than documented, for clocks that differ; never later. */
    private void checkClaim(String name, String value, @Nullable Object actual) {
        if (value.startsWith("now")) {
            long offset = value.equals("now") ? 0 : Long.parseLong(value.substring("now+".length()));
            Instant latest = now.plusSeconds(offset);
            assertThat(actual instanceof Number number ? Instant.ofEpochSecond(number.longValue()) : null)
                    .as(name)
                    .isBetween(offset == 0 ? latest.minus(SKEW) : now.plusSeconds(1), latest);
        } else {
            assertThat(actual instanceof List<?> list && list.size() == 1 ? list.get(0) : actual)
                    .as(name)
                    .hasToString(value);
        }
    }
}
