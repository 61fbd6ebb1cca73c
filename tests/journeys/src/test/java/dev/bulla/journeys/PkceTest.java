package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider shapes its authorization URL, but it can not take the protection of core out of it. */
class PkceTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code_challenge=[^&]*",
                "code_challenge_method=S256",
                "state=[^&]*",
                "response_type=code",
                "redirect_uri=[^&]*"
            })
    void flowThatDropsAProtectionDoesNotBegin(String parameter) {
        refused(url -> url.replaceFirst(parameter, "x=y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code_challenge_method=S256>code_challenge_method=plain",
                "code_challenge=[^&]*>code_challenge=AAAA",
                "state=[^&]*>state=AAAA",
                "response_type=code>response_type=token",
                "state=([^&]*)>state=$1&state=AAAA",
                "$>&x=y#fragment",
                "^https?:>app:"
            })
    void flowThatWeakensAProtectionDoesNotBegin(String change) {
        String[] sides = change.split(">");
        refused(url -> url.replaceFirst(sides[0], sides[1]));
    }

    private void refused(UnaryOperator<String> bend) {
        OAuth2Spec spec = world.spec().build();
        OAuthFlow honest = AuthorizationCodeFlow.of(spec);
        OAuthFlow bent = new OAuthFlow() {
            @Override
            public URI authorizationUri(Begin begin, ProviderCall call) {
                return URI.create(
                        bend.apply(honest.authorizationUri(begin, call).toString()));
            }

            @Override
            public Tokens complete(Completion completion, ProviderCall call) {
                return honest.complete(completion, call);
            }

            @Override
            public Identity identify(Tokens tokens, ProviderCall call) {
                return honest.identify(tokens, call);
            }
        };
        world.restart(
                setup -> setup.providers(world.provider("bent", spec, bent).build()));
        world.connection("notes", "bent");
        assertThatThrownBy(() -> world.member("alice").connect("notes", World.RETURN))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP));
    }
}
