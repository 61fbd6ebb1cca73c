package dev.bulla.providers.standard;

import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of calls where the HTTP method says less than they do, of services whose providers stand beside this and have no tools:
 * addresses that take away by POST, and such where the body says what is done. Read on 2026-11-21.
 */
final class RawCalls {
    private static final List<String> CHANGING = List.of("POST", "PUT", "PATCH");

    /** Telegram's methods that only tell. One that gives out a token is not among them. */
    private static final List<String> TELEGRAM_READING = List.of(
            "getAvailableGifts",
            "getBusinessAccountGifts",
            "getBusinessAccountStarBalance",
            "getBusinessConnection",
            "getChat",
            "getChatAdministrators",
            "getChatGifts",
            "getChatMember",
            "getChatMemberCount",
            "getChatMenuButton",
            "getCustomEmojiStickers",
            "getFile",
            "getForumTopicIconStickers",
            "getGameHighScores",
            "getManagedBotAccessSettings",
            "getMe",
            "getMyCommands",
            "getMyDefaultAdministratorRights",
            "getMyDescription",
            "getMyName",
            "getMyShortDescription",
            "getMyStarBalance",
            "getStarTransactions",
            "getStickerSet",
            "getUserChatBoosts",
            "getUserGifts",
            "getUserPersonalChatMessages",
            "getUserProfileAudios",
            "getUserProfilePhotos",
            "getWebhookInfo");

    /** Telegram's methods that add or change, and the one that hands out news once. */
    private static final List<String> TELEGRAM_WRITING = List.of(
            "answerCallbackQuery",
            "answerInlineQuery",
            "copyMessage",
            "copyMessages",
            "createChatInviteLink",
            "createForumTopic",
            "editForumTopic",
            "editMessageCaption",
            "editMessageChecklist",
            "editMessageLiveLocation",
            "editMessageMedia",
            "editMessageReplyMarkup",
            "editMessageText",
            "forwardMessage",
            "forwardMessages",
            "getUpdates",
            "pinChatMessage",
            "sendAnimation",
            "sendAudio",
            "sendChatAction",
            "sendChecklist",
            "sendContact",
            "sendDice",
            "sendDocument",
            "sendGame",
            "sendLivePhoto",
            "sendLocation",
            "sendMediaGroup",
            "sendMessage",
            "sendMessageDraft",
            "sendPhoto",
            "sendPoll",
            "sendRichMessage",
            "sendRichMessageDraft",
            "sendSticker",
            "sendVenue",
            "sendVideo",
            "sendVideoNote",
            "sendVoice",
            "setMessageReaction");

    private RawCalls() {}

    /**
     * Every method of the <a href="https://core.telegram.org/bots/api">Bot API</a> is called by GET and POST alike, and its name is read
     * whatever the case: the name says how much it can do, as a <a href="https://github.com/PaulSonOfLars/telegram-bot-api-spec">copy of
     * the list</a> has them for version 10.1. One that is not known here may be anything.
     */
    static ToolSet telegram() {
        return ToolSet.of()
                .routes(Stream.of(
                                Stream.of(
                                        Route.any("/**").anything(),
                                        Route.any("/file/**").tier(Tier.READ)),
                                TELEGRAM_READING.stream()
                                        .map(name -> Route.any("/" + name).tier(Tier.READ)),
                                TELEGRAM_WRITING.stream()
                                        .map(name -> Route.any("/" + name).tier(Tier.WRITE)))
                        .flatMap(all -> all)
                        .toArray(Route[]::new));
    }

    /**
     * A <a href="https://mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint/">batch</a> holds any calls, and <a
     * href="https://mailchimp.com/developer/marketing/api/list-members/delete-list-member/">deleting a contact for good</a> is a POST.
     */
    static ToolSet mailchimp() {
        return ToolSet.of()
                .routes(
                        Route.of("POST", "/{version}/batches/**").anything(),
                        Route.of("POST", "/**/actions/delete-permanent").tier(Tier.DESTRUCTIVE),
                        Route.of("POST", "/**/actions/archive").tier(Tier.DESTRUCTIVE)); // ends an automation for good
    }

    /**
     * Taking away by POST, with one or with many, has endings of its own in the <a
     * href="https://github.com/HubSpot/HubSpot-public-api-spec-collection">descriptions of the API</a> (2026-08-21). Merging counts as
     * taking away: it can not be undone.
     */
    static ToolSet hubSpot() {
        return ToolSet.of()
                .routes(Stream.concat(
                                endings(
                                        "batch/archive",
                                        "batch/delete",
                                        "batch/purge",
                                        "labels/archive",
                                        "events/delete",
                                        "gdpr-delete",
                                        "merge",
                                        "memberships/remove",
                                        "memberships/add-and-remove"),
                                Stream.of(Route.any("/**/graphql").anything()))
                        .toArray(Route[]::new));
    }

    /**
     * Taking <a href="https://developers.brevo.com/reference/remove-contact-from-list">contacts off a list</a>, and deleting <a
     * href="https://developers.brevo.com/reference/batch-delete-object-records">records of an object</a> and bounced addresses, are POSTs.
     */
    static ToolSet brevo() {
        return ToolSet.of()
                .routes(endings("contacts/remove", "batch/delete", "deleteHardbounces")
                        .toArray(Route[]::new));
    }

    /**
     * A <a href="https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/batch">batch of DNS records</a> deletes
     * too; a <a href="https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query">query of a database</a>, or an
     * import into it, is any SQL, and it can be set back; <a href="https://developers.cloudflare.com/api/resources/kv/subresources/namespaces/methods/bulk_delete">keys</a> and <a
     * href="https://developers.cloudflare.com/api/resources/vectorize/subresources/indexes/methods/delete_by_ids">vectors</a> are deleted,
     * and <a href="https://developers.cloudflare.com/api/resources/cache/methods/purge">caches</a> and
     * queues emptied, by POST.
     */
    static ToolSet cloudflare() {
        return ToolSet.of()
                .routes(Stream.concat(
                                endings(
                                        "bulk/delete",
                                        "delete_by_ids",
                                        "delete-by-ids",
                                        "purge_cache",
                                        "purge",
                                        "time_travel/restore"),
                                Stream.of(
                                        Route.of("POST", "/**/dns_records/batch")
                                                .anything(),
                                        Route.of("POST", "/**/d1/database/{database}/query")
                                                .anything(),
                                        Route.of("POST", "/**/d1/database/{database}/raw")
                                                .anything(),
                                        Route.of("POST", "/**/d1/database/{database}/import")
                                                .anything(),
                                        Route.any("/**/graphql").anything()))
                        .toArray(Route[]::new));
    }

    /**
     * The route of a call can stand in its parameter {@code rest_route}, in the query and in a form, and then counts before the path (<a
     * href="https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/class-wp.php">class-wp.php</a>); <a
     * href="https://github.com/WordPress/WordPress/blob/master/wp-includes/rest-api/class-wp-rest-server.php">batch/v1</a>, by POST only, holds
     * any calls that change something, and XML-RPC is POST alone. So a POST is taken at its path's word below {@code wp-json} only.
     */
    static ToolSet wordPress() {
        return ToolSet.of()
                .routes(
                        Route.of("POST", "/**").anything(),
                        Route.of("POST", "/wp-json/**").tier(Tier.WRITE),
                        Route.of("POST", "/index.php/wp-json/**").tier(Tier.WRITE),
                        Route.any("/**/batch").anything(),
                        Route.any("/**/batch/v1").anything(),
                        Route.any("/**/graphql").anything(),
                        Route.of("POST", "/**").naming("rest_route").anything());
    }

    /** Deleting <a href="https://docs.x.com/x-api">messages of a conversation</a> is a POST. */
    static ToolSet x() {
        return ToolSet.of().routes(endings("delete").toArray(Route[]::new));
    }

    private static Stream<Route> endings(String... endings) {
        return Stream.of(endings)
                .flatMap(ending -> CHANGING.stream()
                        .map(method -> Route.of(method, "/**/" + ending).tier(Tier.DESTRUCTIVE)));
    }
}
