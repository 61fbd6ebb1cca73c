package dev.bulla.pages;

import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.web.WebRequest;
import dev.bulla.webhook.WebhookView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The address at the service, where its API can be told: with an account of the owner's own. */
final class WebhookAtService {
    private static final String VALUE = "value.";

    private WebhookAtService() {}

    static Html section(Visit visit, String name, WebhookRegistration how, WebhookView view) {
        List<Html> fields = new ArrayList<>();
        fields.add(step("register"));
        how.values().forEach(value -> fields.add(field(VALUE + value, value, "")));
        if (!how.events().isEmpty()) {
            fields.add(field(
                    "events",
                    visit.say("webhook.events"),
                    visit.say("webhook.events-hint", String.join(", ", how.events()))));
        }
        return Html.of(
                """
                <section aria-labelledby="service-title"><h2 id="service-title">%s</h2><div class="part"><p>%s</p>%s%s</div></section>
                """,
                visit.say("webhook.at-service"),
                visit.say(view.registered() ? "webhook.registered" : "webhook.register-what"),
                OwnAccount.form(visit, OwnerPaths.WEBHOOK, name, "webhook.register", Html.of("%s", fields)),
                OwnAccount.form(visit, OwnerPaths.WEBHOOK, name, "webhook.unregister", step("unregister"), "-end")
                        .when(view.registered()));
    }

    private static Html step(String step) {
        return Html.of("<input type=\"hidden\" name=\"do\" value=\"%s\">", step);
    }

    private static Html field(String name, String label, String hint) {
        return Html.of(
                """
                <div class="field"><label for="%s">%s</label>%s
                <input id="%s" name="%s" autocomplete="off" autocapitalize="none" spellcheck="false"%s></div>
                """,
                name,
                label,
                Html.of("<p class=\"hint\" id=\"%s-hint\">%s</p>", name, hint).when(!hint.isEmpty()),
                name,
                name,
                Html.of(" aria-describedby=\"%s-hint\"", name).when(!hint.isEmpty()));
    }

    /** Does a step; what was refused is answered. */
    static Optional<BullaException> done(Visit visit, Webhooks webhooks, boolean register) {
        try {
            visit.opened(session -> {
                if (register) {
                    webhooks.register(session, Pieces.sent(visit, "label"), values(visit.request()), events(visit));
                } else {
                    webhooks.unregister(session, Pieces.sent(visit, "label"));
                }
                return Boolean.TRUE;
            });
            return Optional.empty();
        } catch (BullaException e) {
            return Optional.of(e);
        }
    }

    private static Map<String, String> values(WebRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        request.form().forEach((field, sent) -> {
            String value = sent.get(0).strip();
            if (field.startsWith(VALUE) && !value.isEmpty()) {
                values.put(field.substring(VALUE.length()), value);
            }
        });
        return values;
    }

    private static List<String> events(Visit visit) {
        return List.of(visit.field("events").split(",")).stream()
                .map(String::strip)
                .filter(event -> !event.isEmpty())
                .toList();
    }
}
