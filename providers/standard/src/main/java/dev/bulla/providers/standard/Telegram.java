package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Telegram, by the token of each member's bot, which stands in the path of every call: {@code /getMe} is sent as {@code
 * /bot<token>/getMe}, {@code /file/<path>} as {@code /file/bot<token>/<path>}. A wrong token is answered with 401, a malformed one with
 * 404. The subject is the bot.
 */
public final class Telegram {
    public static final String ID = "telegram";
    /** The form's one field. */
    public static final String BOT_TOKEN = "botToken";

    private Telegram() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.telegram.org").attached(Attachment.path("bot", "/file"));
        Field token = Field.secret(BOT_TOKEN, "Bot token", "Telegram: @BotFather, number:letters")
                .matching("[0-9]{5,16}:[A-Za-z0-9_-]{30,64}");
        return Provider.builder(ID, "Telegram bot")
                .form(new KeyForm(
                        List.of(token),
                        BOT_TOKEN,
                        KeyCheck.get(api, BOT_TOKEN, "/getMe")
                                .errors(Telegram::failure)
                                .yes(
                                        "ok is true, and the result is a bot",
                                        answer -> answer.flag("ok").orElse(false)
                                                && answer.flag("result", "is_bot")
                                                        .orElse(false))
                                .identity("result.id", "result.username")))
                .api(api)
                .tools(RawCalls.telegram())
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://core.telegram.org/bots/api",
                                "https://core.telegram.org/bots/api-changelog",
                                "https://core.telegram.org/bots/faq",
                                "https://github.com/tdlib/telegram-bot-api")
                        .unconfirmed("the exact length of a token")
                        .rateLimit(
                                "about 1 message a second for each chat, 20 a minute for a group, 30 a second in all")
                        .walkthrough(() -> Telegram.class.getResourceAsStream("telegram.md")))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        return status == 401 || status == 404
                ? new Failure(Kind.TERMINAL, "token_refused")
                : status == 400 ? new Failure(Kind.MISCONFIGURED, "logged_out") : null;
    }
}
