package dev.bulla.providers.slack;

import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The two tokens of Slack: which scopes belong to which, where they stand in an answer, whose they are, which end with a disconnect. */
final class SlackTokens {
    /** Ends an account where it is said of what a refresh sends; said of an access token, a refresh helps. */
    static final String EXPIRED = "token_expired";

    private SlackTokens() {}

    static Map<String, String> scopeParameters(List<String> scopes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> bot = scopes.stream()
                .filter(scope -> !scope.startsWith(Slack.USER_PREFIX))
                .toList();
        List<String> user = scopes.stream()
                .filter(scope -> scope.startsWith(Slack.USER_PREFIX))
                .map(scope -> scope.substring(Slack.USER_PREFIX.length()))
                .toList();
        if (!bot.isEmpty()) {
            parameters.put("scope", String.join(",", bot));
        }
        if (!user.isEmpty()) {
            parameters.put("user_scope", String.join(",", user));
        }
        return parameters;
    }

    /** After consent the bot's token stands at the top and the person's under {@code authed_user}; a refresh answer is flat for both. */
    static Tokens read(Json answer, Function<Json, TokenSet> standard) {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        if (answer.has("access_token")) {
            boolean person =
                    answer.text("token_type").filter(Slack.USER::equals).isPresent();
            TokenSet set = standard.apply(answer);
            sets.put(person ? Slack.USER : Slack.BOT, person ? ofUser(set) : set);
        }
        answer.object("authed_user")
                .filter(person -> person.has("access_token"))
                .ifPresent(person -> sets.put(Slack.USER, ofUser(standard.apply(person))));
        return Tokens.named(sets);
    }

    private static TokenSet ofUser(TokenSet set) {
        List<String> scopes = set.scopes();
        return new TokenSet(
                set.accessToken(),
                set.refreshToken(),
                set.expiresAt(),
                set.refreshExpiresAt(),
                scopes == null
                        ? null
                        : scopes.stream()
                                .map(scope -> Slack.USER_PREFIX + scope)
                                .toList(),
                set.extra());
    }

    static Tokens toRevoke(Tokens tokens) {
        Map<String, TokenSet> ending = new LinkedHashMap<>(tokens.sets());
        if (ending.containsKey(Slack.USER)) {
            ending.computeIfPresent(Slack.BOT, (name, bot) -> bot.refreshToken() == null ? null : bot);
        }
        return Tokens.named(ending);
    }

    /** Asks for the person before the bot. */
    static Identity identify(OAuthFlow standard, Tokens tokens, ProviderCall call) {
        TokenSet asking = tokens.sets().getOrDefault(Slack.USER, tokens.main());
        try {
            return standard.identify(Tokens.of(asking), call);
        } catch (ProviderException e) {
            throw e.error().equals(EXPIRED)
                    ? new ProviderException(Kind.TRANSIENT, EXPIRED, e.status(), null, "the access token has ended")
                    : e;
        }
    }
}
