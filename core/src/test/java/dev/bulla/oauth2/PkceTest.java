package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Secret;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PkceTest {
    /** RFC 7636 appendix B. */
    @Test
    void theChallengeIsThatOfTheStandard() {
        assertThat(Pkce.challenge(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void verifiersAreFreshAndOf32Bytes() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String verifier = Pkce.verifier().reveal();
            assertThat(verifier).matches("[A-Za-z0-9_-]{43}");
            assertThat(seen.add(verifier)).isTrue();
        }
    }
}
