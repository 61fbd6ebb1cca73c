package dev.bulla.foreignservers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.Discovery;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.store.jdbc.JdbcStore;
import java.net.URI;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * What every process of one host is given.
 *
 * @param issuer the server as its clients see it
 * @param me path of the call that the service answers to a good access token only
 * @param jdbcUrl the database of all nodes
 * @param keys the host's keys
 */
record Site(URI issuer, String me, String jdbcUrl, Path keys) {
    static final String TENANT = "acme";
    static final String CONNECTION = "foreign";
    static final String CLIENT_ID = "bulla";
    static final String CLIENT_SECRET = "secret-of-bulla";
    static final String BASE = "https://app.example.com/bulla";
    static final String RETURN = "https://app.example.com/done";
    static final URI REDIRECT = URI.create(BASE + "/callback/" + CONNECTION);

    /** One process of the host. Closing it lets refreshes under way come to their end. */
    record Host(Bulla bulla, HikariDataSource pool) implements AutoCloseable {
        @Override
        public void close() {
            bulla.close();
            pool.close();
        }
    }

    static HikariDataSource pool(String jdbcUrl, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    Host open(int connections, Diary diary) {
        HikariDataSource pool = pool(jdbcUrl, connections);
        return new Host(bulla(pool, diary), pool);
    }

    private Bulla bulla(DataSource pool, Diary diary) {
        HttpSettings http = HttpSettings.standard().reaching(issuer.getAuthority());
        return Bulla.builder()
                .store(JdbcStore.of(pool))
                .baseline(Baseline.open())
                .environment("test")
                .hostKeys(HostKeyring.fromFile(keys))
                .baseUri(BASE)
                .returnTo("https://app.example.com/")
                .http(http)
                .providers(provider(http, diary))
                .build();
    }

    private Provider provider(HttpSettings settings, Diary diary) {
        try (HardenedHttp http = HardenedHttp.create(settings)) {
            OAuth2Spec spec = Discovery.openIdConnect(issuer.toString(), http).build();
            return Provider.builder(CONNECTION, "A service that nobody here wrote")
                    .oauth2(
                            spec,
                            AuthorizationCodeFlow.of(spec),
                            new WatchedRefresher(RefreshTokenGrant.of(spec), diary),
                            TokenRevocation.of(spec))
                    .api(ApiAccess.bearer(issuer.getScheme() + "://" + issuer.getAuthority()))
                    .scopes(Scope.of("openid", "Who you are").needed())
                    .build()
                    .managedBy(new ManagedApp(CONNECTION, CLIENT_ID, Secret.of(CLIENT_SECRET)));
        }
    }
}
