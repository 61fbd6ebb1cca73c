package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * WordPress sites, by an application password (core 5.6 or newer), which goes as the password of the user who made it. A wrong one is
 * told by its code, in whatever language; {@code rest_not_logged_in} says that the site never saw it. Where permalinks are plain, the
 * routes stand in the query. The subject is the user's id with the site: ids are the site's own.
 */
public final class WordPress {
    public static final String ID = "wordpress";
    /** The form's field with the site's address, to which paths of calls belong: {@code /wp-json/wp/v2/posts}. */
    public static final String SITE = "url";
    /** The form's field with the user's name. */
    public static final String USER = "user";
    /** The form's secret. */
    public static final String APPLICATION_PASSWORD = "appPassword";

    private static final ErrorReader ERRORS = (status, answer) -> {
        String code = answer.text("code").orElse("");
        return List.of("incorrect_password", "invalid_username", "invalid_email")
                        .contains(code)
                ? new ErrorReader.Failure(Kind.TERMINAL, code)
                : null;
    };

    private WordPress() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("{url}").attached(Attachment.basicOf(USER));
        List<Field> fields = List.of(
                Field.text(SITE, "Site address", "https://...")
                        .normalised(typed -> Typed.HTTPS
                                .apply(typed)
                                .replaceFirst("(?<!/)/++(wp-admin|wp-login\\.php|wp-json)$", ""))
                        .matching("https://[^\\s/?#]+(/[^\\s?#]*)?"),
                Field.text(
                                USER,
                                "User name",
                                "login or e-mail address in WordPress, not the name of the application password")
                        .length(1, 100),
                Field.secret(
                                APPLICATION_PASSWORD,
                                "Application password",
                                "24 letters and digits in six groups, from Users, Profile; not the password you log in with")
                        .normalised(Typed.LETTERS_AND_DIGITS)
                        .matching("[A-Za-z0-9]{24}"));
        KeyCheck check = KeyCheck.get(api, APPLICATION_PASSWORD, "/wp-json/wp/v2/users/me?context=edit")
                .orAt("/?rest_route=/wp/v2/users/me&context=edit")
                .errors(ERRORS)
                .identity(WordPress::identity);
        return Provider.builder(ID, "WordPress")
                .form(new KeyForm(fields, APPLICATION_PASSWORD, check))
                .perAccount(SITE)
                .api(api)
                .tools(RawCalls.wordPress())
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://make.wordpress.org/core/2020/11/05/application-passwords-integration-guide/",
                                "https://developer.wordpress.org/rest-api/reference/application-passwords/",
                                "https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/user.php",
                                "https://github.com/WordPress/application-passwords/issues/105")
                        .unconfirmed(
                                "what security plugins and firewalls of a site answer",
                                "under which code a site without the users' routes answers")
                        .rateLimit("none in WordPress itself; sites have their own")
                        .walkthrough(() -> WordPress.class.getResourceAsStream("wordpress.md")))
                .build();
    }

    private static @Nullable Identity identity(Map<String, Secret> form, Json answer) {
        Secret site = form.get(SITE);
        Optional<String> id = answer.id("id");
        if (site == null || id.isEmpty()) {
            return null;
        }
        return Identity.of(id.get() + "@" + site.reveal(), answer.text("name").orElse(id.get()));
    }
}
