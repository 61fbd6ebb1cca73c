package dev.bulla.examples.quickstart;

import dev.bulla.IssuedKey;
import dev.bulla.MemberKeys;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.examples.quickstart.Router.For;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Optional;

/** A member's own key: issued, proven, used to open a session, replaced, lost. */
final class KeyPages {
    private static final Html FIELD = Html.of("""
            <label>%s<input name="key" autocomplete="off" autocapitalize="none" spellcheck="false" required></label>
            """, "Your key");

    void addTo(Router router) {
        router.get("/key", For.MEMBER, this::show);
        router.post("/key/issue", For.MEMBER, this::issue);
        router.post("/key/confirm", For.MEMBER, this::confirm);
        router.post("/key/open", For.MEMBER, this::open);
        router.post("/key/close", For.MEMBER, this::close);
        router.post("/key/rotate", For.MEMBER, this::rotate);
        router.post("/key/reset", For.MEMBER, this::reset);
    }

    private WebResponse show(Visit visit) {
        Optional<MemberKeys.Status> key = visit.member().keys().status();
        return visit.page(
                "Your key",
                Html.of(
                        "%s<p><a href=\"/accounts\">All accounts</a></p>",
                        key.map(status -> having(visit, status)).orElseGet(() -> without(visit))));
    }

    private static Html without(Visit visit) {
        return Html.of("""
                <section><p>Without a key, this host can open what you have connected whenever it runs. With one, it can only while
                you have a session open.</p>
                <p>The key is shown once. Nobody can give it back to you.</p>%s</section>
                """, visit.form("/key/issue", Html.of("<button>Issue my key</button>")));
    }

    private static Html having(Visit visit, MemberKeys.Status key) {
        boolean open = visit.visitor().session().isPresent();
        return Html.of(
                """
                <section><dl><dt>Key</dt><dd>number %s, %s</dd><dt>Fingerprint</dt><dd><code>%s</code></dd>
                <dt>Session</dt><dd>%s</dd></dl>%s</section>
                <section><h2>Replace it</h2><p>The new key opens everything; the old one nothing any more.</p>%s</section>
                <section><h2>Lost it?</h2><p>What is sealed to it is cleared, for ever. You connect again afterwards.</p>%s</section>
                """,
                key.number(),
                Words.ago(Optional.of(key.since())),
                key.fingerprint(),
                open ? "open: your accounts can be used" : "closed: what is sealed to your key stays shut",
                open
                        ? visit.form("/key/close", Html.of("<button class=\"plain\">Close the session</button>"))
                        : visit.form("/key/open", Html.of("%s<button>Open a session</button>", FIELD)),
                visit.form("/key/rotate", Html.of("%s<button class=\"plain\">Issue a new key</button>", FIELD)),
                visit.form("/key/reset", Html.of("""
                        <label>Type <code>lost</code> to go on<input name="sure" autocomplete="off" required></label>
                        <button class="plain danger">Reset my key</button>
                        """)));
    }

    private WebResponse issue(Visit visit) {
        return reveal(visit, visit.member().keys().issue());
    }

    private WebResponse rotate(Visit visit) {
        return reveal(visit, visit.member().keys().rotate(MemberKey.parse(visit.field("key"))));
    }

    /** The only place where a key is shown. The answer to a POST, not to be stored: no address leads back to it. */
    private static WebResponse reveal(Visit visit, IssuedKey issued) {
        return visit.page("Keep this key", Html.of("""
                <section><p>Copy it into your password manager now. It is shown this once.</p>
                <p><code class="key">%s</code></p></section>
                <section><h2>Did you keep it?</h2>%s</section>
                """, issued.text(), confirmation(visit)));
    }

    private static Html confirmation(Visit visit) {
        return visit.form("/key/confirm", Html.of("%s<button>This is my key</button>", FIELD));
    }

    /** From here on the key counts, and as the member has just proven it, a session is opened with it. */
    private WebResponse confirm(Visit visit) {
        try {
            MemberKey key = MemberKey.parse(visit.field("key"));
            visit.member().keys().confirm(key);
            visit.visitor().keep(visit.member().session(key));
        } catch (BullaException e) {
            if (e.code() != ErrorCode.KEY_MALFORMED && e.code() != ErrorCode.KEY_WRONG) {
                throw e;
            }
            visit.visitor().tell(Html.of("<p class=\"bad\">Not yet: %s.</p>", String.valueOf(e.getMessage())));
            return visit.page("Once more", Html.of("""
                    <section>%s<p class="quiet">Did you not keep it? Nothing has changed: <a href="/key">begin again</a>.</p></section>
                    """, confirmation(visit)));
        }
        visit.visitor()
                .tell(Html.of("<p class=\"good\">The key counts from now on, and a session is open with it.</p>"));
        return visit.go("/key");
    }

    private WebResponse open(Visit visit) {
        visit.visitor().keep(visit.member().session(MemberKey.parse(visit.field("key"))));
        return visit.go("/accounts");
    }

    private WebResponse close(Visit visit) {
        visit.visitor().keep(null);
        return visit.go("/key");
    }

    /** A real host asks for a second proof here, such as the password once more. */
    private WebResponse reset(Visit visit) {
        if (!visit.field("sure").equals("lost")) {
            return visit.go("/key");
        }
        List<ConnectedAccount> cleared = visit.member().keys().reset();
        visit.visitor().keep(null);
        List<Html> names = cleared.stream()
                .map(account -> Html.of("<li>%s</li>", account.connection()))
                .toList();
        visit.visitor()
                .tell(Html.of(
                        "<div class=\"good\"><p>The key is gone. Cleared with it:</p><ul>%s</ul></div>",
                        names.isEmpty() ? Html.of("<li>nothing</li>") : names));
        return visit.go("/key");
    }
}
