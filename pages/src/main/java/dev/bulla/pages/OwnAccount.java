package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.SealedTo;
import dev.bulla.provider.Mode;
import java.util.List;
import java.util.Set;

/** What an owner does by an account of their own on a connection: it is asked for, and so is the key where that is needed. */
final class OwnAccount {
    private static final Set<ErrorCode> ABOUT_KEYS =
            Set.of(ErrorCode.KEY_REQUIRED, ErrorCode.KEY_MALFORMED, ErrorCode.KEY_WRONG);

    private OwnAccount() {}

    /**
     * A form that does it; where the owner has no account there, words that say so.
     *
     * @param key of the button's text
     * @param more hidden fields
     */
    static Html form(Visit visit, String path, String connection, String key, Html more) {
        return form(visit, path, connection, key, more, "");
    }

    /** @param suffix of the fields' ids, where a page has two such forms */
    static Html form(Visit visit, String path, String connection, String key, Html more, String suffix) {
        List<ConnectedAccount> accounts = visit.member().accounts().stream()
                .filter(account -> account.connection().equals(connection) && Words.isLive(account))
                .toList();
        boolean shared = visit.connections().get(connection).mode() == Mode.HOST_CREDENTIAL;
        if (accounts.isEmpty() && !shared) {
            return Html.of(
                    "<p class=\"quiet\">%s <a href=\"%s\">%s</a></p>",
                    visit.say("own.none"), visit.at(MemberPaths.PANEL), visit.say("own.connect"));
        }
        boolean locked =
                !visit.hasSession() && accounts.stream().anyMatch(account -> account.sealedTo() == SealedTo.MEMBER);
        return visit.form(
                path,
                Html.of(
                        "<input type=\"hidden\" name=\"name\" value=\"%s\">%s%s%s<button>%s</button>",
                        connection,
                        more,
                        which(visit, accounts, "label" + suffix),
                        locked ? Words.keyField(visit, "key" + suffix, "key.field", "own.key", true) : Html.NOTHING,
                        visit.say(key)));
    }

    private static Html which(Visit visit, List<ConnectedAccount> accounts, String id) {
        List<Html> options = accounts.stream()
                .map(account -> Html.of(
                        "<option value=\"%s\">%s %s</option>",
                        account.label(), Words.identity(account), account.label()))
                .toList();
        return accounts.size() > 1
                ? Html.of(
                        "<div class=\"field\"><label for=\"%s\">%s</label><select id=\"%s\" name=\"label\">%s</select></div>",
                        id, visit.say("own.which"), id, options)
                : Html.of(
                        "<input type=\"hidden\" name=\"label\" value=\"%s\">",
                        accounts.isEmpty() ? "" : accounts.get(0).label());
    }

    /** What to say about the key, at its field; what is about something else is thrown again. */
    static List<Html> aboutKey(Visit visit, BullaException e) {
        if (!ABOUT_KEYS.contains(e.code())) {
            throw e;
        }
        return List.of(Refusals.keyLink(visit, e, "key"));
    }
}
