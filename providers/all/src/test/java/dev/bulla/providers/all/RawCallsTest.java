package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.tool.CanonicalTarget;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Match;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a raw call counts where its HTTP method says less than it does. */
class RawCallsTest {
    /** Services that have no such address, as far as their pages tell. */
    private static final Set<String> PLAIN = Set.of(
            "apollo",
            "app-store-connect",
            "calendarific",
            "gmail",
            "lemlist",
            "linkedin",
            "openai",
            "sentry",
            "tiktok");

    private static Match match(Provider provider, String method, String target, Set<String> names) {
        int from = target.startsWith("/") ? 0 : target.indexOf('/', "https://".length());
        CanonicalTarget canonical = new CanonicalTarget(target.substring(0, from), target.substring(from), "", true);
        return provider.tools().match(method, canonical, names, () -> null);
    }

    @Test
    void everyOtherServiceSaysWhatItsAddressesAre() {
        Set<String> silent = new TreeSet<>();
        for (Provider provider : Catalogue.all()) {
            if (provider.tools() == ToolSet.NONE) {
                silent.add(provider.id());
            }
        }
        assertThat(silent).isEqualTo(new TreeSet<>(PLAIN));
    }

    @ParameterizedTest
    @CsvSource({
        "atlassian, POST, /rest/api/3/bulk/issues/delete",
        "atlassian, POST, /rest/api/3/project/ABC/delete",
        "atlassian, POST, https://api.atlassian.com/graphql",
        "atlassian, POST, https://api.atlassian.com/ex/jira/c/rest/api/3/bulk/issues/delete",
        "atlassian, POST, /rest/api/3/version/1/removeAndSwap",
        "brevo, POST, /contacts/lists/7/contacts/remove",
        "brevo, POST, /smtp/deleteHardbounces",
        "brevo, POST, /objects/car/batch/delete",
        "cloudflare, POST, /client/v4/zones/z/dns_records/batch",
        "cloudflare, POST, /client/v4/accounts/a/d1/database/d/query",
        "cloudflare, POST, /client/v4/accounts/a/storage/kv/namespaces/n/bulk/delete",
        "cloudflare, POST, /client/v4/zones/z/purge_cache",
        "cloudflare, POST, /client/v4/accounts/a/queues/q/purge",
        "cloudflare, POST, /client/v4/accounts/a/d1/database/d/import",
        "cloudflare, POST, /client/v4/accounts/a/d1/database/d/time_travel/restore",
        "cloudflare, POST, /client/v4/graphql",
        "firebase, POST, /batch",
        "github, POST, /graphql",
        "github, POST, /repos/o/r",
        "github, POST, /repos/o/r/git/refs/heads/main",
        "github, POST, /repos/o/r/hooks/1",
        "github-app, POST, /graphql",
        "google, POST, /batch/calendar/v3",
        "google, POST, https://gmail.googleapis.com/batch",
        "google, POST, https://gmail.googleapis.com/gmail/v1/users/me/messages/batchDelete",
        "google, POST, https://sheets.googleapis.com/v4/spreadsheets/s:batchUpdate",
        "google, POST, https://people.googleapis.com/v1/people:batchDeleteContacts",
        "google, POST, https://firestore.googleapis.com/v1/projects/p/databases/d:bulkDeleteDocuments",
        "google, POST, https://androidpublisher.googleapis.com/androidpublisher/v3/applications/a/orders/o:refund",
        "google, POST, https://sheets.googleapis.com/v4/spreadsheets/s/values/A1:clear",
        "google, POST, /calendar/v3/calendars/primary/clear",
        "google-ads, POST, /v26/customers/1/googleAds:mutate",
        "google-ads, POST, /v26/customers/1/campaigns:mutate",
        "google-ads, POST, /v26/customers/1/batchJobs/2:addOperations",
        "google-drive, POST, /batch/drive/v3",
        "google-drive, PATCH, /upload/drive/v3/files/abcdef",
        "google-drive, PUT, /resumable/upload/drive/v3/files/abcdef",
        "google-drive, GET, /drive/v3beta/files",
        "google-play, POST, /batch/androidpublisher/v3",
        "hubspot, POST, /crm/v3/objects/contacts/batch/archive",
        "hubspot, POST, /crm/objects/2026-03/contacts/batch/archive",
        "hubspot, POST, /crm/v3/objects/contacts/gdpr-delete",
        "hubspot, PUT, /crm/v3/lists/7/memberships/remove",
        "hubspot, POST, /collector/graphql",
        "linear, POST, /graphql",
        "mailchimp, POST, /3.0/batches",
        "mailchimp, POST, /3.0/lists/l/members/m/actions/delete-permanent",
        "mailchimp, POST, /3.0/automations/a/actions/archive",
        "meta-ads, POST, /v26.0/act_1/async_batch_requests",
        "microsoft, POST, /v1.0/$batch",
        "microsoft, POST, /v1.0/me/messages/m/permanentDelete",
        "microsoft, POST, /v1.0/me/drive/items/i/workbook/worksheets/w/range(address='A1')/clear",
        "salesforce, POST, /services/data/v67.0/composite",
        "salesforce, GET, /services/data/v67.0/tooling/executeAnonymous",
        "salesforce, POST, /services/data/v67.0/graphql",
        "salesforce, POST, /services/data/v67.0/sobjects/User/005000000000001/password",
        "sendgrid, POST, /v3/send_ips/pools/p/ips:batchDelete",
        "shopify, POST, /admin/api/2026-10/graphql.json",
        "shopify, POST, /admin/api/graphql.json",
        "slack, GET, /api/admin.users.remove",
        "telegram, GET, /deleteMessage",
        "telegram, GET, /LOGOUT",
        "telegram, GET, /getManagedBotToken",
        "telegram, GET, /test/sendMessage",
        "wordpress, POST, /wp-json/batch/v1",
        "wordpress, POST, /wp-json/batch/v1/",
        "wordpress, POST, /",
        "wordpress, POST, /xmlrpc.php",
        "wordpress, POST, /wp-json/wc/v3/products/batch",
        "x, POST, /2/chat/conversations/c/messages/delete"
    })
    void callThatCanTakeAwayIsDestructive(String provider, String method, String target) {
        assertThat(match(Catalogue.provider(provider), method, target, Set.of()).tier())
                .isEqualTo(Tier.DESTRUCTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "facebook-page, GET, /v26.0/123, method",
        "facebook-page, POST, /, batch",
        "instagram, GET, /v26.0/me, method",
        "meta-ads, POST, /v26.0/123, status",
        "meta-ads, GET, /v26.0/me, batch",
        "wordpress, POST, /wp-json/wp/v2/posts, rest_route"
    })
    void parameterThatMakesAnotherCallIsDestructive(String provider, String method, String target, String name) {
        Provider service = Catalogue.provider(provider);
        assertThat(match(service, method, target, Set.of("x", name)).tier()).isEqualTo(Tier.DESTRUCTIVE);
        if (!target.equals("/")) {
            assertThat(match(service, method, target, Set.of("x")).tier()).isEqualTo(Tier.of(method));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "atlassian, GET, https://api.atlassian.com/ex/confluence/c/wiki/api/v2/pages, READ",
        "atlassian, POST, /rest/api/3/issue, WRITE",
        "cloudflare, POST, /client/v4/zones/z/dns_records, WRITE",
        "facebook-page, POST, /v26.0/123/feed, WRITE",
        "google, GET, https://gmail.googleapis.com/gmail/v1/users/me/messages, READ",
        "google, POST, https://gmail.googleapis.com/gmail/v1/users/me/messages/send, WRITE",
        "google, POST, /calendar/v3/calendars/primary/events, WRITE",
        "google-drive, GET, /drive/v3/files/abcdef/comments, READ",
        "google-drive, POST, /upload/drive/v3/files, WRITE",
        "hubspot, POST, /crm/v3/objects/contacts/batch/read, WRITE",
        "microsoft, POST, /v1.0/me/sendMail, WRITE",
        "shopify, GET, /admin/api/2026-10/products.json, READ",
        "telegram, POST, /sendMessage, WRITE",
        "telegram, POST, /GETME, READ",
        "telegram, GET, /file/photos/1.jpg, READ",
        "wordpress, POST, /wp-json/wp/v2/posts, WRITE",
        "wordpress, GET, /, READ"
    })
    void othersCountAsMuchAsTheySay(String provider, String method, String target, Tier tier) {
        assertThat(match(Catalogue.provider(provider), method, target, Set.of()).tier())
                .isEqualTo(tier);
    }

    /** Where a provider itself speaks GraphQL, by its tools or to learn whose an account is. */
    @TestFactory
    Stream<DynamicTest> graphQlIsKnownForWhatItIs() {
        return Stream.of(Catalogue.all())
                .map(provider -> DynamicTest.dynamicTest(provider.id(), () -> {
                    Stream<String> own = provider.oauth2().flatMap(spec -> spec.identity()).stream()
                            .map(call -> URI.create(call.url().toString().replaceAll("[{}]", "x"))
                                    .getPath());
                    Stream<String> tools = provider.tools().tools().stream()
                            .flatMap(tool -> tool.http().stream())
                            .map(HttpTemplate::path);
                    assertThat(Stream.concat(own, tools).filter(path -> path.contains("graphql")))
                            .allMatch(path ->
                                    match(provider, "POST", path, Set.of()).tier() == Tier.DESTRUCTIVE);
                }));
    }

    /** In every mode: a form has an API of its own, and the same paths. */
    @Test
    void formsKnowTheSame() {
        Map<String, List<String>> known = Map.of("mailchimp", List.of("/3.0/batches"), "github", List.of("/graphql"));
        known.forEach((id, targets) -> targets.forEach(target -> assertThat(
                        match(Catalogue.provider(id).in(Mode.FORM), "POST", target, Set.of())
                                .tier())
                .isEqualTo(Tier.DESTRUCTIVE)));
    }
}
