package dev.bulla.pages;

import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Connection;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.ChallengeKind;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.web.WebResponse;
import dev.bulla.webhook.WebhookView;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a service sends what has happened there, and the secrets by which that is proven. */
final class WebhookPages {
    private WebhookPages() {}

    static WebResponse show(Visit visit) {
        return show(visit, visit.parameter("name"), Html.NOTHING, false);
    }

    /** One step; a secret that was made by it is shown this once. */
    static WebResponse act(Visit visit) {
        String name = Pieces.sent(visit, "name");
        Webhooks webhooks = visit.connections().webhooks(name);
        switch (visit.field("do")) {
            case "open" -> webhooks.open();
            case "save" -> {
                if (!save(visit, webhooks)) {
                    return show(visit, name, error(visit, "webhook.bad-secret"), true);
                }
            }
            case "generate" -> {
                return show(visit, name, once(visit, "webhook.secret", webhooks.generate()), false);
            }
            case "token" -> {
                return show(visit, name, once(visit, "webhook.token", webhooks.generateToken()), false);
            }
            case "await" -> webhooks.await();
            case "offered" -> {
                Optional<Secret> came = webhooks.takeOffered();
                return came.isPresent()
                        ? show(visit, name, once(visit, "webhook.came", came.get()), false)
                        : show(visit, name, error(visit, "webhook.nothing-came"), true);
            }
            case "register", "unregister" -> {
                boolean register = visit.field("do").equals("register");
                Optional<BullaException> refused = WebhookAtService.done(visit, webhooks, register);
                if (refused.isPresent()) {
                    String why = Refusals.sentence(visit.site(), refused.get());
                    return show(visit, name, Pieces.errors(visit, List.of(Html.of("%s", why))), true);
                }
            }
            case "drop" -> webhooks.dropFormer();
            case "remove" -> webhooks.remove();
            default -> throw new BullaException(ErrorCode.INVALID_ARGUMENT, "there is no such step");
        }
        return visit.go(OwnerPaths.WEBHOOK, "name", name, "done", "saved");
    }

    private static boolean save(Visit visit, Webhooks webhooks) {
        if (visit.field("secret").isEmpty()) {
            return false;
        }
        try {
            webhooks.save(Secret.of(visit.field("secret")));
            return true;
        } catch (BullaException e) {
            if (e.code() != ErrorCode.INVALID_SETTING) {
                throw e;
            }
            return false;
        }
    }

    private static Html error(Visit visit, String key) {
        return Pieces.errors(visit, List.of(Html.of("%s", visit.say(key))));
    }

    private static Html once(Visit visit, String key, Secret secret) {
        return Html.of(
                """
                <div class="card" role="status"><p>%s</p><code class="key-text" id="made">%s</code>
                <p class="hint">%s</p>%s</div>
                """,
                visit.say(key),
                secret.reveal(),
                visit.say("webhook.once"),
                visit.copyButton("made", visit.say("webhook.copy")));
    }

    private static WebResponse show(Visit visit, String name, Html told, boolean refused) {
        Connection connection = visit.connections().get(name);
        Optional<WebhookScheme> scheme = OwnerWords.provider(visit, connection).flatMap(Provider::webhooks);
        Html body = scheme.isEmpty()
                ? Html.of("<p>%s</p>", visit.say("webhook.unknown"))
                : known(
                        visit,
                        name,
                        scheme.get(),
                        visit.connections().webhooks(name).view());
        return visit.page(
                refused ? 422 : 200,
                visit.say("webhook.title", name),
                Html.of(
                        "%s%s%s<p><a href=\"%s\">%s</a></p>",
                        told,
                        OwnerWords.done(visit),
                        body,
                        visit.at(OwnerPaths.CONNECTION, "name", name),
                        visit.say("connection.back")));
    }

    private static Html known(Visit visit, String name, WebhookScheme scheme, WebhookView view) {
        if (view.address().isEmpty()) {
            return Html.of("<p>%s</p>%s", visit.say("webhook.what"), step(visit, name, "open", "webhook.open", ""));
        }
        List<Html> steps = new ArrayList<>();
        if (scheme.source() == Source.RECEIVER) {
            steps.add(row(visit, "webhook.generate", step(visit, name, "generate", "webhook.generate", "plain")));
        }
        if (scheme.challenge()
                .filter(asked -> asked.kind() == ChallengeKind.QUERY)
                .isPresent()) {
            steps.add(row(visit, "webhook.make-token", step(visit, name, "token", "webhook.make-token", "plain")));
        }
        if (scheme.source() == Source.OFFERED) {
            steps.add(row(visit, "webhook.await", step(visit, name, "await", "webhook.await", "plain")));
            steps.add(row(visit, "webhook.offered", step(visit, name, "offered", "webhook.offered", "plain")));
        }
        if (view.rotating()) {
            steps.add(row(visit, "webhook.drop", step(visit, name, "drop", "webhook.drop", "plain")));
        }
        steps.add(row(visit, "webhook.remove", step(visit, name, "remove", "webhook.remove", "plain danger")));
        return Html.of(
                """
                <section aria-labelledby="address-title"><h2 id="address-title">%s</h2><div class="part"><div class="field">
                <label for="address">%s</label><p class="hint" id="address-hint">%s</p>
                <div class="bar"><input id="address" value="%s" readonly spellcheck="false" aria-describedby="address-hint">%s
                </div></div>%s</div></section>%s%s
                <section aria-labelledby="steps"><h2 id="steps">%s</h2><ul class="part rows actions">%s</ul></section>
                """,
                visit.say("webhook.address"),
                visit.say("webhook.address-label"),
                visit.say("webhook.address-hint"),
                view.address().map(URI::toString).orElse(""),
                visit.copyButton("address", visit.say("webhook.address-copy")),
                standing(visit, view),
                scheme.registration()
                        .map(how -> WebhookAtService.section(visit, name, how, view))
                        .orElse(Html.NOTHING),
                secret(visit, name, scheme),
                visit.say("webhook.steps"),
                steps);
    }

    private static Html standing(Visit visit, WebhookView view) {
        return Html.of(
                """
                <dl class="facts"><dt>%s</dt><dd><span class="chip %s">%s</span></dd>%s%s</dl>
                """,
                visit.say("webhook.state"),
                view.ready() ? "good" : "warn",
                visit.say(view.rotating() ? "webhook.rotating" : view.ready() ? "webhook.ready" : "webhook.not-ready"),
                counted(visit, "webhook.accepted", view.accepted(), view.lastAccepted()),
                counted(visit, "webhook.refused", view.refused(), view.lastRefused()));
    }

    private static Html counted(Visit visit, String key, long number, Optional<Instant> last) {
        return Html.of(
                "<dt>%s</dt><dd>%s%s</dd>",
                visit.say(key),
                number,
                last.map(at -> Html.of(" <span class=\"hint\">%s %s</span>", visit.say("webhook.last"), visit.time(at)))
                        .orElse(Html.NOTHING));
    }

    /** The service shows its secret: it is typed in here. */
    private static Html secret(Visit visit, String name, WebhookScheme scheme) {
        return Html.of(
                        "<section aria-labelledby=\"secret-title\"><h2 id=\"secret-title\">%s</h2><div class=\"part\">%s</div></section>",
                        visit.say("webhook.save"),
                        visit.form(
                                OwnerPaths.WEBHOOK,
                                Html.of(
                                        """
                                        <input type="hidden" name="name" value="%s"><input type="hidden" name="do" value="save">
                                        <div class="field"><label for="secret">%s</label><p class="hint" id="secret-hint">%s</p>
                                        <input id="secret" name="secret" type="password" autocomplete="off" spellcheck="false" required
                                         aria-describedby="secret-hint"></div><button>%s</button>
                                        """,
                                        name,
                                        visit.say("webhook.secret-label"),
                                        visit.say(
                                                scheme.source() == Source.APP
                                                        ? "webhook.secret-app"
                                                        : "webhook.secret-hint"),
                                        visit.say("webhook.save-do"))))
                .when(scheme.source() != Source.OFFERED);
    }

    private static Html row(Visit visit, String key, Html step) {
        return Html.of("<li><div><p class=\"hint\">%s</p></div>%s</li>", visit.say(key + "-hint"), step);
    }

    private static Html step(Visit visit, String name, String step, String key, String look) {
        return visit.form(OwnerPaths.WEBHOOK, Html.of("""
                        <input type="hidden" name="name" value="%s"><button class="%s" name="do" value="%s">%s</button>
                        """, name, look, step, visit.say(key)));
    }
}
