package dev.bulla.crashes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where everything is, so that any process can be a node of the same host.
 *
 * @param database JDBC address
 * @param ring file of the host keys
 * @param relay port before the token endpoints
 * @param servers port of each service's server, in their order
 */
record Net(String database, String ring, int relay, List<Integer> servers) {
    static final String TENANT = "acme";
    static final String RETURN = "https://app.example.com/done";

    List<String> arguments() {
        return List.of(
                database,
                ring,
                String.valueOf(relay),
                String.join(",", servers.stream().map(String::valueOf).toList()));
    }

    static Net of(String... arguments) {
        return new Net(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Arrays.stream(arguments[3].split(",")).map(Integer::valueOf).toList());
    }

    /** A pool of this node, whose connections the database knows by its name. */
    HikariDataSource pool(String node, int size) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database);
        source.setApplicationName(node);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    Bulla node(Store store, Clock clock, UnaryOperator<TokenRefresher> refresher) {
        HttpSettings http = HttpSettings.standard().reaching("127.0.0.1:" + relay);
        for (int port : servers) {
            http = http.reaching("127.0.0.1:" + port);
        }
        return Bulla.builder()
                .store(store)
                .baseline(Baseline.open())
                .hostKeys(HostKeyring.fromFile(Path.of(ring)))
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(Arrays.stream(Service.values())
                        .map(service -> provider(service, refresher))
                        .toArray(Provider[]::new))
                .http(http)
                .clock(clock)
                .build();
    }

    private Provider provider(Service service, UnaryOperator<TokenRefresher> refresher) {
        String server = "http://127.0.0.1:" + servers.get(service.ordinal());
        OAuth2Spec spec = OAuth2Spec.builder(
                        server + "/authorize", "http://127.0.0.1:" + relay + "/" + service.id() + "/token")
                .identity(server + "/api/me", "id", "name")
                .revocation(
                        RevocationCall.rfc7009(server + "/revoke", OAuth2Spec.ClientAuthentication.BASIC, Reach.TOKEN))
                .reuse(service.reuse)
                .build();
        return Provider.builder(service.id(), service.id())
                .oauth2(
                        spec,
                        AuthorizationCodeFlow.of(spec),
                        refresher.apply(RefreshTokenGrant.of(spec)),
                        TokenRevocation.of(spec))
                .api(ApiAccess.bearer(server))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .custom()
                .build();
    }
}
