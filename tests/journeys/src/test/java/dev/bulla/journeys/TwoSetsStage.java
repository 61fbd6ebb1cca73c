package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An account with two sets of tokens, each with misfortunes of its own. */
abstract class TwoSetsStage {
    final Stage stage = Stage.inMemory();
    final List<String> redeemed = new CopyOnWriteArrayList<>();
    final Map<String, List<ProviderException>> misfortunes = new ConcurrentHashMap<>();
    Bulla node;

    @BeforeEach
    void connect() {
        node = stage.node(provider());
        stage.connect(node, "notes", "pair");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    static TokenSet set(String name, int number, ProviderCall call) {
        return new TokenSet(
                Secret.of(name + "-" + number),
                Secret.of("refresh-" + name + "-" + number),
                call.clock().instant().plus(Stage.LIFE),
                null,
                null,
                Map.of());
    }

    Provider provider() {
        OAuth2Spec spec = stage.spec(Reach.TOKEN);
        OAuthFlow standard = AuthorizationCodeFlow.of(spec);
        OAuthFlow flow = new OAuthFlow() {
            @Override
            public URI authorizationUri(Begin begin, ProviderCall call) {
                return standard.authorizationUri(begin, call);
            }

            @Override
            public Tokens complete(Completion completion, ProviderCall call) {
                Map<String, TokenSet> sets = new LinkedHashMap<>();
                sets.put("bot", set("bot", 1, call));
                sets.put("user", set("user", 1, call));
                return Tokens.named(sets);
            }

            @Override
            public Identity identify(Tokens tokens, ProviderCall call) {
                return Identity.of("anna", "Anna");
            }
        };
        return Provider.builder("pair", "Pair")
                .oauth2(spec, flow, new Pair(), null)
                .api(ApiAccess.bearer(stage.world.server.issuer().toString()))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .custom()
                .build();
    }

    /** Redeems one refresh token; what goes wrong goes wrong after it was used up. */
    final class Pair implements TokenRefresher {
        @Override
        public Style style() {
            return Style.REFRESH_TOKEN;
        }

        @Override
        public Tokens refresh(Tokens old, ProviderCall call) {
            assertThat(old.sets()).hasSize(1);
            String name = old.sets().keySet().iterator().next();
            String token = old.main().refreshToken().reveal();
            redeemed.add(token);
            List<ProviderException> next = misfortunes.getOrDefault(name, new ArrayList<>());
            if (!next.isEmpty()) {
                throw next.remove(0);
            }
            int number = Integer.parseInt(token.substring(token.lastIndexOf('-') + 1));
            return Tokens.named(Map.of(name, set(name, number + 1, call)));
        }
    }

    void strikes(String name, Kind... kinds) {
        misfortunes.put(
                name,
                new ArrayList<>(Stream.of(kinds)
                        .map(kind -> new ProviderException(kind, "odd", 0, null, "odd"))
                        .toList()));
    }

    static Kind[] always(Kind kind) {
        return Stream.generate(() -> kind).limit(100).toArray(Kind[]::new);
    }

    String token() {
        return Stage.token(Stage.alice(node));
    }
}
