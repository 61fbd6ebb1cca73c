package dev.bulla.integrations.springboot;

import dev.bulla.SweepSettings;
import dev.bulla.provider.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a host may set below {@code bulla}.
 *
 * @param enabled Whether Bulla is set up at all.
 * @param baseUri Address below which members and owners reach Bulla, and services send browsers back: https (http on loopback), with a path, without a slash at the end. Required.
 * @param returnTo Addresses that browsers may be sent back to after a consent; the first is the fallback page. What lies below the base URI is always allowed, and its first page is the fallback where nothing is said.
 * @param environment Name under which this host runs. The database remembers it, and a copied database refuses to start elsewhere.
 * @param hostKeys File with the keys of the host, which no group and nobody else can read. Required, except with a database in memory.
 * @param createHostKeys Whether the file of the host's keys is made where it is missing. For a first start: with a new file, nothing opens that the old keys sealed.
 * @param initializeSchema When the tables are made at start.
 * @param tablePrefix What the names of the tables begin with.
 * @param providers Ids of providers of bulla-providers-all, beside the beans; one asterisk takes all.
 * @param apps The host's own app registrations by the id of the provider, so that owners need none.
 * @param sdkTokens Whether the host's code may take out tokens for SDKs of vendors.
 * @param harvestOnConnect Whether the things at a service are listed for its owner once somebody has connected.
 * @param minimalReturnParameters Whether return addresses leave out the member's name at the service.
 * @param http Outgoing calls.
 * @param sweep Refreshes in the background.
 * @param web Handlers for browsers and programs.
 * @param pages Pages for members and owners.
 */
@ConfigurationProperties("bulla")
public record BullaProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String baseUri,
        @DefaultValue List<String> returnTo,
        @DefaultValue("default") String environment,
        @Nullable Path hostKeys,
        @DefaultValue("false") boolean createHostKeys,
        @DefaultValue("never") InitializeSchema initializeSchema,
        @DefaultValue("bulla_") String tablePrefix,
        @DefaultValue List<String> providers,
        @DefaultValue Map<String, ManagedApp> apps,
        @DefaultValue("true") boolean sdkTokens,
        @DefaultValue("false") boolean harvestOnConnect,
        @DefaultValue("false") boolean minimalReturnParameters,
        @DefaultValue Http http,
        @DefaultValue Sweep sweep,
        @DefaultValue Web web,
        @DefaultValue Pages pages) {

    /** When the tables are made. */
    public enum InitializeSchema {
        /** By the host's migration tool, or by hand. */
        NEVER,
        /** At the start, where the database lives in memory. */
        EMBEDDED,
        /** At each start, where they are missing. */
        ALWAYS
    }

    /**
     * An app registration of the host.
     *
     * @param id Stands in the redirect URI, so it never changes: lower-case letters, digits and hyphens. The provider's id where nothing is said.
     * @param clientId Client id.
     * @param clientSecret Client secret.
     */
    public record ManagedApp(
            @Nullable String id,
            @Nullable String clientId,
            @Nullable Secret clientSecret) {}

    /**
     * Outgoing calls.
     *
     * @param reaching Addresses as host:port that may be called although they are private or loopback.
     */
    public record Http(@DefaultValue List<String> reaching) {}

    /**
     * Refreshes in the background.
     *
     * @param enabled Whether accounts are kept fresh in the background on this node.
     * @param every Pause between two rounds.
     * @param atOnce How many accounts are refreshed at once on this node.
     * @param atMost How many accounts a round takes at most.
     * @param lead How long before an account needs a new consent its event is told.
     */
    public record Sweep(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1m") Duration every,
            @DefaultValue("4") int atOnce,
            @DefaultValue("10000") int atMost,
            @DefaultValue("7d") Duration lead) {
        SweepSettings settings() {
            return new SweepSettings(every, atOnce, atMost, lead);
        }
    }

    /**
     * Handlers for browsers and programs.
     *
     * @param enabled Whether callbacks, the JSON API and the pages are answered below the base URI.
     * @param openToServices Whether Spring Security lets everybody through to webhooks and client documents, which services ask for without a login.
     */
    public record Web(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean openToServices) {}

    /**
     * Pages for members and owners.
     *
     * @param enabled Whether the pages of bulla-pages are shown, where it is on the class path.
     * @param title Name of the application, as its users know it.
     * @param home Where the application's name leads; without it, to the first of these pages.
     * @param stylesheet Path of a style sheet of the host, on the same origin. What else there is to choose is a bean of type PageOptions.
     */
    public record Pages(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("Bulla") String title,
            @Nullable URI home,
            @Nullable String stylesheet) {}
}
