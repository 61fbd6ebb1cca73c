package dev.bulla.benchmarks;

import com.google.api.client.auth.oauth2.AuthorizationCodeFlow;
import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.auth.oauth2.StoredCredential;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.store.AbstractDataStore;
import com.google.api.client.util.store.DataStore;
import com.google.api.client.util.store.DataStoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * google-oauth-client. It brings no store on JDBC, so this has one of one table and one statement for each verb. Tokens stand there in
 * plain text.
 */
final class GooglePeer implements Peer {
    private static final long MARGIN_SECONDS = 60;

    private final DataSource pool;
    private final boolean h2;
    private final Table table;
    private final AuthorizationCodeFlow flow;
    private final NetHttpTransport transport = new NetHttpTransport();

    GooglePeer(DataSource pool, boolean h2, String issuer, String clientId, String secret) {
        this.pool = pool;
        this.h2 = h2;
        table = new Table(pool);
        flow = new AuthorizationCodeFlow.Builder(
                        BearerToken.authorizationHeaderAccessMethod(),
                        transport,
                        GsonFactory.getDefaultInstance(),
                        new GenericUrl(issuer + "/token"),
                        new BasicAuthentication(clientId, secret),
                        clientId,
                        issuer + "/authorize")
                .setCredentialDataStore(table)
                .build();
    }

    @Override
    public void install() {
        Databases.run(
                pool,
                "drop table if exists google_credential",
                "create table google_credential (id varchar(200) primary key, access_token %1$s, refresh_token %1$s, expires bigint)"
                        .formatted(h2 ? "varchar" : "text"));
    }

    @Override
    public void store(String user, String access, String refresh, Instant expires) {
        table.set(
                user,
                new StoredCredential()
                        .setAccessToken(access)
                        .setRefreshToken(refresh)
                        .setExpirationTimeMilliseconds(expires.toEpochMilli()));
    }

    @Override
    public String token(String user) {
        Credential credential = credential(user);
        Long left = credential.getExpiresInSeconds();
        if (left != null && left > MARGIN_SECONDS) {
            return credential.getAccessToken();
        }
        return token(credential);
    }

    /** What several threads may share: its lock lets one of them refresh. */
    Credential credential(String user) {
        try {
            return flow.loadCredential(user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the library itself does it before a request. */
    String token(Credential credential) {
        try {
            HttpRequest request = transport.createRequestFactory().buildGetRequest(new GenericUrl("http://127.0.0.1/"));
            credential.intercept(request);
            String header = request.getHeaders().getAuthorization();
            if (header == null) {
                throw new IllegalStateException("not authorized");
            }
            return header.substring("Bearer ".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The verbs that the flow uses. */
    private static final class Table extends AbstractDataStore<StoredCredential> {
        private static final DataStoreFactory NONE = new DataStoreFactory() {
            @Override
            public <V extends java.io.Serializable> DataStore<V> getDataStore(String id) {
                throw new UnsupportedOperationException();
            }
        };

        private final DataSource pool;

        Table(DataSource pool) {
            super(NONE, "google_credential");
            this.pool = pool;
        }

        @Override
        public @Nullable StoredCredential get(String key) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(
                            "select access_token, refresh_token, expires from google_credential where id = ?")) {
                statement.setString(1, key);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? new StoredCredential()
                                    .setAccessToken(row.getString(1))
                                    .setRefreshToken(row.getString(2))
                                    .setExpirationTimeMilliseconds(row.getLong(3))
                            : null;
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public DataStore<StoredCredential> set(String key, StoredCredential value) {
            try (Connection connection = pool.getConnection()) {
                if (write(
                                connection,
                                "update google_credential set access_token = ?, refresh_token = ?, expires = ? where id = ?",
                                key,
                                value)
                        == 0) {
                    write(
                            connection,
                            "insert into google_credential (access_token, refresh_token, expires, id) values (?, ?, ?, ?)",
                            key,
                            value);
                }
                return this;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static int write(Connection connection, String sql, String key, StoredCredential value)
                throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, value.getAccessToken());
                statement.setString(2, value.getRefreshToken());
                Long expires = value.getExpirationTimeMilliseconds();
                statement.setLong(3, expires == null ? 0 : expires);
                statement.setString(4, key);
                return statement.executeUpdate();
            }
        }

        @Override
        public DataStore<StoredCredential> delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataStore<StoredCredential> clear() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> keySet() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Collection<StoredCredential> values() {
            throw new UnsupportedOperationException();
        }
    }
}
