package dev.bulla.testkit.server;

import dev.bulla.testkit.service.AuthorizationRequest;
import dev.bulla.testkit.service.Grant;
import dev.bulla.testkit.service.User;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What people read. Every value goes through {@link Html#fill}. */
final class Pages {
    private static final String HIDDEN = "<input type=\"hidden\" name=\"%s\" value=\"%s\">";

    private final String service;

    Pages(String service) {
        this.service = service;
    }

    String problem(String text) {
        return Html.page(service, "This did not work", Html.fill("<p>%s</p>", text));
    }

    String home() {
        return Html.page(service, service, "<p>A small service with notes, to try connected accounts on.</p>");
    }

    String login(String next, boolean failed) {
        return Html.page(
                service,
                "Log in",
                (failed ? "<p class=\"bad\" role=\"alert\">Name or password is wrong.</p>" : "")
                        + "<form method=\"post\" action=\"/login\">"
                        + Html.fill(HIDDEN, "next", next)
                        + """
                        <label>Name<input type="text" name="username" autocomplete="username" autocapitalize="none" autofocus></label>
                        <label>Password<input type="password" name="password" autocomplete="current-password"></label>
                        <button type="submit">Log in</button></form>
                        """);
    }

    String consent(AuthorizationRequest request, String query, User user, String token, Map<String, String> known) {
        StringBuilder scopes = new StringBuilder();
        for (String scope : request.scopes()) {
            scopes.append(Html.fill(
                    "<label><input type=\"checkbox\" name=\"scope\" value=\"%s\" checked> %s <span class=\"note\">%s</span></label>",
                    scope, known.getOrDefault(scope, scope), scope));
        }
        return Html.page(
                service,
                "Allow " + request.appName() + "?",
                Html.fill(
                                "<p>%s, the app <strong>%s</strong> asks to use your account:</p>",
                                user.displayName(), request.appName())
                        + "<form method=\"post\" action=\"/authorize\">"
                        + Html.fill(HIDDEN, "request", query)
                        + Html.fill(HIDDEN, "token", token)
                        + (scopes.isEmpty() ? "<p>Know who you are</p>" : scopes.toString())
                        + Html.fill(
                                "<p class=\"note\">You will return to %s.</p>",
                                String.valueOf(URI.create(request.redirectUri()).getAuthority()))
                        + """
                        <button type="submit" name="decision" value="allow">Allow</button>
                        <button type="submit" name="decision" value="deny" class="quiet">Deny</button></form>
                        """
                        + logout(token, "/authorize?" + query));
    }

    String grants(User user, List<Grant> grants, String token) {
        StringBuilder list = new StringBuilder();
        for (Grant grant : grants) {
            list.append(Html.fill(
                            "<li><strong>%s</strong> <span class=\"note\">since %s</span><br>%s",
                            grant.appName(), grant.since().toString(), String.join(", ", grant.scopes())))
                    .append("<form method=\"post\" action=\"/grants\">")
                    .append(Html.fill(HIDDEN, "token", token))
                    .append(Html.fill(HIDDEN, "client", grant.clientId()))
                    .append("<button type=\"submit\" class=\"quiet\">End access</button></form></li>");
        }
        return Html.page(
                service,
                "Connected apps",
                Html.fill("<p>Apps that may use the account of %s:</p>", user.displayName())
                        + (grants.isEmpty() ? "<p><em>None.</em></p>" : "<ul>" + list + "</ul>")
                        + logout(token, "/grants"));
    }

    String apps(String token, String problem, String name, String redirectUri) {
        return Html.page(
                service,
                "Register an app",
                Html.fill("<p class=\"bad\" role=\"alert\">%s</p>", problem)
                        + "<form method=\"post\" action=\"/apps\">"
                        + Html.fill(HIDDEN, "token", token)
                        + Html.fill("""
                        <label>Name of the app<input type="text" name="name" value="%s" maxlength="60" required></label>
                        <label>Redirect URI<input type="url" name="redirect_uri" value="%s" required></label>
                        <button type="submit">Register</button></form>
                        """, name, redirectUri)
                        + logout(token, "/apps"));
    }

    String registered(String name, String clientId, String clientSecret, String redirectUri) {
        return Html.page(service, "Registered", Html.fill("""
                        <p><strong>%s</strong> is registered. The secret is shown this once.</p>
                        <p>Client ID<br><code id="client-id">%s</code></p>
                        <p>Client secret<br><code id="client-secret">%s</code></p>
                        <p class="note">Redirect URI<br><code>%s</code></p>
                        """, name, clientId, clientSecret, redirectUri));
    }

    /** @param next where the next person comes back to after logging in */
    private static String logout(String token, String next) {
        return "<form method=\"post\" action=\"/logout\">"
                + Html.fill(HIDDEN, "token", token)
                + Html.fill(HIDDEN, "next", next)
                + "<button type=\"submit\" class=\"quiet\">Log in as somebody else</button></form>";
    }
}
