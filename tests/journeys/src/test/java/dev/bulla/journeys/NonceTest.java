package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;

import dev.bulla.model.ConnectError;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Tokens;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An ID token belongs to the flow that asked for it. */
class NonceTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** OpenID Connect, with a nonce that may be bent on its way to the service. */
    private Provider connect(String bent) {
        OAuth2Spec spec = world.spec()
                .openIdConnect(
                        world.server.issuer().toString(),
                        world.server.at("/jwks").toString())
                .build();
        OAuthFlow honest = AuthorizationCodeFlow.of(spec);
        OAuthFlow flow = new OAuthFlow() {
            @Override
            public URI authorizationUri(Begin begin, ProviderCall call) {
                String uri = honest.authorizationUri(begin, call).toString();
                return URI.create(bent.isEmpty() ? uri : uri.replaceFirst("nonce=[^&]*", bent));
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
        return Provider.builder("oidc", "OpenID")
                .oauth2(spec, flow, RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(dev.bulla.provider.ApiAccess.bearer(world.server.issuer().toString()))
                .build();
    }

    @Test
    void nonceOfTheFlowIsAccepted() {
        world.restartKnowing(connect(""));
        world.connection("notes", "oidc");
        assertConnected(world.connect("alice", "notes", "anna"));
    }

    @Test
    void nonceOfAnotherFlowIsRefused() {
        world.restartKnowing(connect("nonce=of-another-flow"));
        world.connection("notes", "oidc");
        assertFailed(world.connect("alice", "notes", "anna"), ConnectError.TOKEN_EXCHANGE_FAILED, "id_token_refused");
    }
}
