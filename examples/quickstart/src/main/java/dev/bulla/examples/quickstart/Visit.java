package dev.bulla.examples.quickstart;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One request, with who sent it.
 *
 * @param request what arrived
 * @param visitor whose browser it is
 * @param bulla the library
 */
record Visit(WebRequest request, Visitor visitor, Bulla bulla) {
    /** The owner's side of Bulla. The router has made sure that an owner is asking. */
    Connections connections() {
        return bulla.tenant(Visitors.TENANT).connections();
    }

    /** The member's side of Bulla, of whoever is logged in. */
    Member member() {
        return bulla.tenant(Visitors.TENANT).member(person().id());
    }

    Person person() {
        return visitor.person().orElseThrow();
    }

    String field(String name) {
        return request.field(name).orElse("").strip();
    }

    String parameter(String name) {
        return request.parameter(name).orElse("");
    }

    /** A form that posts; its markup has the fields and buttons. */
    Html form(String action, Html content) {
        return Html.of("""
                <form method="post" action="%s"><input type="hidden" name="token" value="%s">%s</form>
                """, action, visitor.formToken(), content);
    }

    WebResponse page(String title, Html body) {
        return Layout.page(200, visitor, title, body);
    }

    /** 303 to another page of this host. */
    WebResponse go(String path) {
        return WebResponse.redirect(URI.create(path));
    }

    /** An address with one encoded parameter. */
    static String link(String path, String name, String value) {
        return path + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
