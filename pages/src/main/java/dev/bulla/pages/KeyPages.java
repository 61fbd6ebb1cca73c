package dev.bulla.pages;

import dev.bulla.IssuedKey;
import dev.bulla.MemberKeys;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.SealedTo;
import dev.bulla.web.Problem;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Optional;

/** The member's own key: made and shown once, typed back, replaced, lost. */
final class KeyPages {
    private static final List<String> DONE = List.of("confirmed", "reset", "revoked");

    private KeyPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, 200, Html.NOTHING);
    }

    private static WebResponse show(Visit visit, int status, Html head) {
        MemberKeys keys = visit.member().keys();
        Optional<MemberKeys.Status> key = keys.status();
        boolean offered = keys.isOffered();
        return visit.page(
                status,
                visit.say("key.title"),
                Html.of(
                        "%s%s%s%s",
                        head,
                        Words.done(visit, DONE).when(head.isEmpty()),
                        Html.of(
                                        "<section class=\"card\"><h2>%s</h2><p>%s</p>%s</section>",
                                        visit.say("key.offered"), visit.say("key.offered-what"), confirmation(visit))
                                .when(offered),
                        key.map(known -> having(visit, known)).orElseGet(() -> without(visit, offered))));
    }

    private static Html without(Visit visit, boolean offered) {
        return Html.of(
                "<section class=\"card\"><h2>%s</h2><p>%s</p><p>%s</p>%s</section>",
                visit.say("key.none"),
                visit.say("key.none-what"),
                visit.say("key.once"),
                visit.form(
                        MemberPaths.KEY_ISSUE,
                        Html.of(
                                "<button%s>%s</button>",
                                Html.of(" class=\"plain\"").when(offered),
                                visit.say(offered ? "key.make-another" : "key.make"))));
    }

    private static Html having(Visit visit, MemberKeys.Status key) {
        return Html.of(
                """
                <section class="card"><h2>%s</h2><p>%s</p><dl class="facts"><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd><code>%s</code></dd></dl></section>
                <section class="card"><h2>%s</h2><p>%s</p>%s</section>
                <section class="card"><h2>%s</h2><p>%s</p>%s</section>
                <section class="card"><h2>%s</h2><p>%s</p><p><a class="button plain danger" href="%s">%s</a></p></section>
                """,
                visit.say("key.yours"),
                visit.say("key.yours-what"),
                visit.say("key.since"),
                visit.time(key.since()),
                visit.say("key.fingerprint"),
                key.fingerprint(),
                visit.say("key.replace"),
                visit.say("key.replace-what"),
                visit.form(
                        MemberPaths.KEY_ROTATE,
                        Html.of(
                                "%s<button class=\"plain\">%s</button>",
                                Words.keyField(visit, "key", "key.field", "key.current", true),
                                visit.say("key.replace-do"))),
                visit.say("key.revoke"),
                visit.say("key.revoke-what"),
                visit.form(
                        MemberPaths.KEY_REVOKE,
                        Html.of(
                                "%s<button class=\"plain danger\">%s</button>",
                                Words.keyField(visit, "revoked-key", "key.revoke-field", "key.current", true),
                                visit.say("key.revoke-do"))),
                visit.say("key.lost"),
                visit.say("key.lost-what"),
                visit.at(MemberPaths.KEY_LOST),
                visit.say("key.lost-go"));
    }

    static WebResponse issue(Visit visit) {
        return reveal(visit, visit.member().keys().issue());
    }

    static WebResponse rotate(Visit visit) {
        return key(visit, "key", key -> reveal(visit, visit.member().keys().rotate(key)));
    }

    static WebResponse revoke(Visit visit) {
        return key(visit, "revoked-key", key -> {
            visit.member().keys().revoke(key);
            return visit.go(MemberPaths.KEY, "done", "revoked");
        });
    }

    private interface Work {
        WebResponse with(MemberKey key);
    }

    /** Works with the key that came with the form; where it is none, or not the right one, the page says so. */
    private static WebResponse key(Visit visit, String box, Work work) {
        try {
            return work.with(MemberKey.parse(visit.field("key")));
        } catch (BullaException e) {
            if (e.code() != ErrorCode.KEY_MALFORMED && e.code() != ErrorCode.KEY_WRONG) {
                throw e;
            }
            return show(visit, 422, Pieces.errors(visit, List.of(Refusals.keyLink(visit, e, box))));
        }
    }

    /**
     * The only place where a key is shown. The answer to a POST, not to be stored: no address leads back to it, and the script empties it
     * when the page is left.
     */
    private static WebResponse reveal(Visit visit, IssuedKey issued) {
        return visit.page(
                visit.say("key.keep"),
                Html.of(
                        """
                        <section class="card"><p>%s</p>
                        <p><code class="key-text" id="key-text" data-once="%s">%s</code></p>
                        <div class="bar">%s<button type="button" class="plain" data-download="key-text" data-file="%s" hidden>%s</button></div>
                        </section>
                        <section class="card"><h2>%s</h2><p>%s</p>%s</section>
                        """,
                        visit.say("key.keep-what"),
                        visit.at(MemberPaths.KEY),
                        issued.text(),
                        visit.copyButton("key-text", visit.say("key.copy")),
                        visit.say("key.file"),
                        visit.say("key.download"),
                        visit.say("key.prove"),
                        visit.say("key.prove-what"),
                        confirmation(visit)));
    }

    private static Html confirmation(Visit visit) {
        return visit.form(MemberPaths.KEY_CONFIRM, Html.of("""
                        <div class="field"><label for="typed">%s</label>
                        <input id="typed" name="key" autocomplete="off" autocapitalize="none" spellcheck="false" required></div>
                        <button>%s</button>
                        """, visit.say("key.type-back"), visit.say("key.confirm")));
    }

    /** From here on the key counts. */
    static WebResponse confirm(Visit visit) {
        return key(visit, "typed", key -> {
            visit.member().keys().confirm(key);
            return visit.go(MemberPaths.KEY, "done", "confirmed");
        });
    }

    static WebResponse askLost(Visit visit) {
        return askLost(visit, 200, Html.NOTHING);
    }

    /** Lists what goes with the key, before anything does. */
    private static WebResponse askLost(Visit visit, int status, Html head) {
        List<Html> cleared = visit.member().accounts().stream()
                .filter(account -> account.sealedTo() == SealedTo.MEMBER)
                .map(account -> Html.of("<li><strong>%s</strong> %s</li>", name(account), Words.identity(account)))
                .toList();
        return visit.page(
                status,
                visit.say("lost.title"),
                Html.of(
                        "%s<section class=\"card\"><p>%s</p>%s<p>%s</p>%s</section>",
                        head,
                        cleared.isEmpty() ? visit.say("lost.nothing") : visit.count("lost.what", cleared.size()),
                        Html.of("<ul>%s</ul>", cleared).when(!cleared.isEmpty()),
                        visit.say("lost.there"),
                        visit.form(
                                MemberPaths.KEY_LOST,
                                Html.of(
                                        """
                                        <label class="check"><input type="checkbox" id="sure" name="sure" value="yes" required>
                                        <span>%s</span></label><div class="bar"><button class="danger">%s</button>
                                        <a class="button plain" href="%s">%s</a></div>
                                        """,
                                        visit.say("lost.sure"),
                                        visit.say("lost.do"),
                                        visit.at(MemberPaths.KEY),
                                        visit.say("lost.keep")))));
    }

    private static String name(ConnectedAccount account) {
        return account.label().isEmpty() ? account.connection() : account.connection() + ", " + account.label();
    }

    static WebResponse lost(Visit visit) {
        if (!visit.field("sure").equals("yes")) {
            return askLost(
                    visit,
                    422,
                    Pieces.errors(visit, List.of(Html.of("<a href=\"#sure\">%s</a>", visit.say("lost.tick")))));
        }
        if (!visit.site().host().isProven(visit.request(), visit.caller())) {
            return Refusals.byHost(visit.site(), visit.request(), Optional.of(visit.caller()), Problem.PROOF_REQUIRED);
        }
        visit.member().keys().reset();
        return visit.go(MemberPaths.KEY, "done", "reset");
    }
}
