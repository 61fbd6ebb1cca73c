package dev.bulla.providers.google;

import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gmail, by address and app password: what IMAP, POP and SMTP ask for. For mail by OAuth use {@link Google} with Gmail's scopes.
 *
 * <p>Only the mail protocols take app passwords, so there is no HTTP call to make, and nothing to ask whether a password works: accounts stay
 * unverified. The password is what {@code Session.tokenForSdk} gives; the address stands with the account. Blanks, in which Google shows
 * the password, are not harmless in these protocols and are removed.
 *
 * <p>The account is its address, in lower case: there is no other name to ask for.
 */
public final class Gmail {
    public static final String ID = "gmail";
    /** The form's field with the address. */
    public static final String EMAIL = "email";
    /** The form's field with the app password. */
    public static final String APP_PASSWORD = "appPassword";

    private Gmail() {}

    public static Provider create() {
        Field email = Field.text(EMAIL, "Gmail address", "The full address; addresses of a Workspace too")
                .matching("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
        Field password = Field.secret(
                        APP_PASSWORD,
                        "App password",
                        "16 letters, made at myaccount.google.com/apppasswords; not the account's password")
                .normalised(typed -> Typed.WITHOUT_BLANKS.apply(typed).toLowerCase(Locale.ROOT))
                .matching("[a-z]{16}");
        return Provider.builder(ID, "Gmail")
                .form(new KeyForm(List.of(email, password), APP_PASSWORD, new Unverifiable()))
                .api(ApiAccess.bearer("https://imap.gmail.com").attached(Attachment.basicOf(EMAIL)))
                .documentation(Documentation.read(
                                GoogleAccounts.DAY,
                                "https://support.google.com/accounts/answer/185833",
                                "https://developers.google.com/workspace/gmail/imap/imap-smtp",
                                "https://support.google.com/a/answer/14114704",
                                "https://github.com/freescout-help-desk/freescout/issues/5401",
                                "https://github.com/getgrav/grav-plugin-email/issues/185")
                        .walkthrough(() -> Gmail.class.getResourceAsStream("gmail.md"))
                        .unconfirmed(
                                "that the 16 characters are always letters (the page says a 16-digit passcode; samples have letters)",
                                "whether Google's servers ignore blanks (reports contradict)",
                                "how many connections and messages are allowed"))
                .build();
    }

    private static final class Unverifiable implements KeyForm.Verifier {
        @Override
        public Verification verify(Map<String, Secret> values, ProviderCall call) {
            String email = values.getOrDefault(EMAIL, Secret.of("unnamed")).reveal();
            Identity identity = new Identity(email.toLowerCase(Locale.ROOT), email, Map.of(EMAIL, email));
            return new Verification(false, identity, List.of());
        }

        @Override
        public String success() {
            return "only IMAP, POP and SMTP take app passwords, and none of them is HTTP";
        }
    }
}
