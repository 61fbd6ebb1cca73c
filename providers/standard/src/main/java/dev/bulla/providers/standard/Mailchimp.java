package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;

/**
 * Mailchimp's Marketing API, by OAuth or by API key. Each account lives in one data centre, which is part of the API's address:
 *
 * <ul>
 *   <li>With OAuth the metadata call names it, and whose account it is. That call wants the scheme {@code OAuth}, and answers status 200
 *       with an {@code error} for a dead token; calls of the API take {@code Bearer}. There are no scopes, no refresh tokens and no
 *       revocation; tokens last until the member removes the app ({@code expires_in} is 0 and means for ever).
 *   <li>An API key ends in it: {@code -us21}. The key is the password of HTTP Basic, whatever the user name. It is checked with the root
 *       of the API, which also names the account.
 * </ul>
 */
public final class Mailchimp {
    public static final String ID = "mailchimp";
    /** The form's one field. */
    public static final String API_KEY = "api_key";
    /** The data centre: an attribute of OAuth accounts, and the end of a key. */
    public static final String DATA_CENTRE = "dc";

    private static final String BASE = "https://{" + DATA_CENTRE + "}.api.mailchimp.com";

    private Mailchimp() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://login.mailchimp.com/oauth2/authorize", "https://login.mailchimp.com/oauth2/token")
                .identity(new IdentityCall(
                                "GET",
                                UrlTemplate.of("https://login.mailchimp.com/oauth2/metadata"),
                                List.of("user_id"),
                                List.of(List.of("accountname"), List.of("login", "email")),
                                Map.of(
                                        DATA_CENTRE,
                                        List.of("dc"),
                                        "api_endpoint",
                                        List.of("api_endpoint"),
                                        "email",
                                        List.of("login", "email")))
                        .attached(Attachment.scheme("OAuth")))
                .rotation(Rotation.NEVER)
                .noRefresh()
                .build();
        ApiAccess byKey = ApiAccess.bearer(BASE).attached(Attachment.basic("anystring"));
        Field key = Field.secret(
                        API_KEY, "API key", "Mailchimp: Account, Extras, API keys; it ends in -us and a number")
                .matching("[A-Za-z0-9_-]+-us[0-9]{1,3}");
        KeyCheck check = KeyCheck.get(byKey, API_KEY, "/3.0/").identity("account_id", "account_name");
        return Provider.builder(ID, "Mailchimp")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), null, null)
                .api(ApiAccess.bearer(BASE))
                .tools(RawCalls.mailchimp())
                .form(new KeyForm(List.of(key), API_KEY, check).reading(DATA_CENTRE, API_KEY, ".*-(us[0-9]+)"), byKey)
                .perAccount(DATA_CENTRE)
                .returnParameters("mailchimp", "account")
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/",
                                "https://developer.mailchimp.com/documentation/mailchimp/guides/how-to-use-oauth2/",
                                "https://mailchimp.com/developer/guides/marketing-api-conventions/",
                                "https://github.com/mailchimp/mailchimp-client-lib-codegen/blob/main/spec/marketing.json",
                                "https://github.com/mailchimp/mc-woocommerce/issues/646",
                                "https://github.com/thorning/node-mailchimp/issues/17")
                        .unconfirmed(
                                "fields of the metadata beyond dc, login_url, api_endpoint and login.email",
                                "the body of a token answer, and of errors of the token endpoint",
                                "status 200 of the metadata call for a dead token (seen in one code base)",
                                "PKCE and the lifetime of codes",
                                "Bearer with tokens of OAuth at the API (OAuth is seen as well)",
                                "what a 429 says, and whether it names a time",
                                "the shape of API keys before their ending")
                        .rateLimit("10 connections at a time for each user; more are answered 429")
                        .walkthrough(() -> Mailchimp.class.getResourceAsStream("mailchimp.md")))
                .build();
    }
}
