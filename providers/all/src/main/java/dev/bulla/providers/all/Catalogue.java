package dev.bulla.providers.all;

import static java.util.Map.entry;

import dev.bulla.provider.Provider;
import dev.bulla.providers.atlassian.Atlassian;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.github.GitHubApp;
import dev.bulla.providers.google.Firebase;
import dev.bulla.providers.google.Gmail;
import dev.bulla.providers.google.Google;
import dev.bulla.providers.google.GoogleAds;
import dev.bulla.providers.google.GoogleDrive;
import dev.bulla.providers.google.GooglePlay;
import dev.bulla.providers.meta.FacebookPage;
import dev.bulla.providers.meta.Instagram;
import dev.bulla.providers.meta.MetaAds;
import dev.bulla.providers.microsoft.Microsoft;
import dev.bulla.providers.salesforce.Salesforce;
import dev.bulla.providers.shopify.Shopify;
import dev.bulla.providers.slack.Slack;
import dev.bulla.providers.standard.Apollo;
import dev.bulla.providers.standard.AppStoreConnect;
import dev.bulla.providers.standard.Brevo;
import dev.bulla.providers.standard.Calendarific;
import dev.bulla.providers.standard.Cloudflare;
import dev.bulla.providers.standard.HubSpot;
import dev.bulla.providers.standard.Lemlist;
import dev.bulla.providers.standard.Linear;
import dev.bulla.providers.standard.LinkedIn;
import dev.bulla.providers.standard.Mailchimp;
import dev.bulla.providers.standard.Notion;
import dev.bulla.providers.standard.OpenAi;
import dev.bulla.providers.standard.SendGrid;
import dev.bulla.providers.standard.Sentry;
import dev.bulla.providers.standard.Telegram;
import dev.bulla.providers.standard.TikTok;
import dev.bulla.providers.standard.WordPress;
import dev.bulla.providers.standard.X;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every provider of Bulla, by its id. A provider's class is loaded when the provider is asked for; the others cost nothing. Thread-safe.
 *
 * <p>MCP servers are not among them ({@code McpServer} of {@code bulla-provider-mcp}): of such a server no more than its address is known,
 * and whether owners may choose addresses at all is for the host to say.
 *
 * <pre>{@code
 * Bulla.builder().providers(Catalogue.providers("github", "slack"))
 * }</pre>
 */
public final class Catalogue {
    // Ids are constants that the compiler copies, and a lambda, unlike a method reference, is linked without the class
    // that it names.
    private static final Map<String, Supplier<Provider>> PROVIDERS = Map.ofEntries(
            entry(Apollo.ID, () -> Apollo.create()),
            entry(AppStoreConnect.ID, () -> AppStoreConnect.create()),
            entry(Atlassian.ID, () -> Atlassian.create()),
            entry(Brevo.ID, () -> Brevo.create()),
            entry(Calendarific.ID, () -> Calendarific.create()),
            entry(Cloudflare.ID, () -> Cloudflare.create()),
            entry(FacebookPage.ID, () -> FacebookPage.create()),
            entry(Firebase.ID, () -> Firebase.create()),
            entry(GitHub.ID, () -> GitHub.create()),
            entry(GitHubApp.ID, () -> GitHubApp.create()),
            entry(Gmail.ID, () -> Gmail.create()),
            entry(Google.ID, () -> Google.create()),
            entry(GoogleAds.ID, () -> GoogleAds.create()),
            entry(GoogleDrive.ID, () -> GoogleDrive.create()),
            entry(GooglePlay.ID, () -> GooglePlay.create()),
            entry(HubSpot.ID, () -> HubSpot.create()),
            entry(Instagram.ID, () -> Instagram.create()),
            entry(Lemlist.ID, () -> Lemlist.create()),
            entry(Linear.ID, () -> Linear.create()),
            entry(LinkedIn.ID, () -> LinkedIn.create()),
            entry(Mailchimp.ID, () -> Mailchimp.create()),
            entry(MetaAds.ID, () -> MetaAds.create()),
            entry(Microsoft.ID, () -> Microsoft.create()),
            entry(Notion.ID, () -> Notion.create()),
            entry(OpenAi.ID, () -> OpenAi.create()),
            entry(Salesforce.ID, () -> Salesforce.create()),
            entry(SendGrid.ID, () -> SendGrid.create()),
            entry(Sentry.ID, () -> Sentry.create()),
            entry(Shopify.ID, () -> Shopify.create()),
            entry(Slack.ID, () -> Slack.create()),
            entry(Telegram.ID, () -> Telegram.create()),
            entry(TikTok.ID, () -> TikTok.create()),
            entry(WordPress.ID, () -> WordPress.create()),
            entry(X.ID, () -> X.create()));

    private Catalogue() {}

    /** The ids of all providers, in alphabetical order; none is loaded. */
    public static SortedSet<String> ids() {
        return new TreeSet<>(PROVIDERS.keySet());
    }

    /**
     * One provider, made anew at each call.
     *
     * @throws IllegalArgumentException where no provider has this id
     */
    public static Provider provider(String id) {
        Supplier<Provider> provider = PROVIDERS.get(id);
        if (provider == null) {
            throw new IllegalArgumentException("no provider has the id '" + id + "'");
        }
        return provider.get();
    }

    /** Some providers, as a builder takes them. @throws IllegalArgumentException where no provider has one of these ids */
    public static Provider[] providers(String... ids) {
        return Stream.of(ids).map(Catalogue::provider).toArray(Provider[]::new);
    }

    /** All providers, in the order of their ids. */
    public static Provider[] all() {
        return ids().stream().map(Catalogue::provider).toArray(Provider[]::new);
    }

    /**
     * What is known of one provider, as a catalogue prints it: where to ask for consent and tokens, what can be refreshed and revoked, scopes,
     * forms, limits, and the pages that say so. Texts, numbers, truth values, lists and maps with texts as keys; null where something is
     * unknown or not there. Works for providers of a host's own, too.
     */
    public static Map<String, @Nullable Object> describe(Provider provider) {
        return Facts.of(provider);
    }

    /** What is known of all providers, by id, as a JSON object with line breaks. */
    public static String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Provider provider : all()) {
            all.put(provider.id(), describe(provider));
        }
        return JsonText.of(all);
    }

    /**
     * Prints {@link #json}; or, given a directory, writes a Markdown page for each provider into it.
     *
     * @throws IOException where nothing can be written there
     */
    public static void main(String... args) throws IOException {
        if (args.length > 0) {
            Pages.write(Path.of(args[0]));
            return;
        }
        System.out.write((json() + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
