package dev.bulla.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Scope;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** One account whose token ends again and again. */
interface Victim extends AutoCloseable {
    String TENANT = "acme";
    String NAME = "notes";
    String USER = "anna";
    String CLIENT = "peer";
    String SECRET = "peer-secret";
    String REDIRECT = "https://app.example.com/callback";

    /** From now on the token is over, as far as the database tells. */
    void end();

    /** Consents anew, after everything was lost. */
    void connect();

    @Override
    void close();

    /** A connected account. */
    static Victim of(String kind, AuthorizationServer server, HikariDataSource pool, Path ring) {
        Databases.run(pool, "drop schema public cascade; create schema public");
        Victim victim = switch (kind) {
            case "bulla" -> new OfBulla(server, pool, ring);
            case "spring" ->
                new OfPeer(
                        server,
                        pool,
                        new SpringPeer(pool, false, server.issuer().toString(), CLIENT, SECRET),
                        "update oauth2_authorized_client set access_token_issued_at = timestamp '2020-01-01 00:00:00', "
                                + "access_token_expires_at = timestamp '2020-01-02 00:00:00'");
            default ->
                new OfPeer(
                        server,
                        pool,
                        new GooglePeer(pool, false, server.issuer().toString(), CLIENT, SECRET),
                        "update google_credential set expires = 1577836800000");
        };
        victim.connect();
        return victim;
    }

    /** The library on this database, at this server. */
    static Bulla bulla(HikariDataSource pool, URI issuer, Path ring) {
        return Bulla.builder()
                .store(JdbcStore.of(pool))
                .baseline(Baseline.open())
                .hostKeys(HostKeyring.fromFile(ring))
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .http(HttpSettings.standard().reaching(issuer.getAuthority()))
                .providers(CustomProvider.oauth2(
                                "notes",
                                "Notes",
                                OAuth2Spec.builder(issuer + "/authorize", issuer + "/token")
                                        .identity(issuer + "/api/me", "id"))
                        .scopes(Scope.of("notes.read", "Read notes").preset())
                        .create())
                .build();
    }

    /** Bulla's. */
    final class OfBulla implements Victim {
        private final HikariDataSource pool;
        private final Bulla bulla;

        OfBulla(AuthorizationServer server, HikariDataSource pool, Path ring) {
            this.pool = pool;
            if (!Files.exists(ring)) {
                HostKeyring.create(ring);
            }
            SchemaInstaller.install(pool);
            bulla = bulla(pool, server.issuer(), ring);
            Connections owner = bulla.tenant(TENANT).connections();
            URI redirect = owner.create(NAME, "notes").redirectUri();
            server.registerClient("client", "secret", redirect.toString());
            owner.save(NAME, Settings.clientId("client").clientSecret("secret"));
        }

        @Override
        public void end() {
            Databases.run(pool, "update bulla_account set expires_at = 1577836800000, refresh_at = 1577836800000");
        }

        @Override
        public void connect() {
            Member member = bulla.tenant(TENANT).member(USER);
            ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect(NAME, Subject.RETURN);
            URI callback = new Browser().authorize(step.location(), USER, USER + "-password");
            Landing landing = member.complete(CallbackRequest.of(
                    callback.getPath(),
                    callback.getRawQuery(),
                    Map.of(step.cookie().name(), step.cookie().value())));
            if (!(landing.outcome() instanceof Landing.Connected)) {
                throw new IllegalStateException("not connected: " + landing.outcome());
            }
        }

        @Override
        public void close() {
            bulla.close();
        }
    }

    /** A peer's. */
    final class OfPeer implements Victim {
        private static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        private final AuthorizationServer server;
        private final HikariDataSource pool;
        private final Peer peer;
        private final String end;

        OfPeer(AuthorizationServer server, HikariDataSource pool, Peer peer, String end) {
            this.server = server;
            this.pool = pool;
            this.peer = peer;
            this.end = end;
            server.registerClient(CLIENT, SECRET, REDIRECT);
        }

        @Override
        public void end() {
            Databases.run(pool, end);
        }

        @Override
        public void connect() {
            peer.install();
            URI authorize = server.at("/authorize?response_type=code&client_id=" + CLIENT + "&redirect_uri=" + REDIRECT
                    + "&scope=notes.read&state=state&code_challenge_method=S256&code_challenge=" + challenge());
            String code = new Browser()
                    .authorize(authorize, USER, USER + "-password")
                    .getRawQuery()
                    .replaceAll("(^|.*&)code=([^&]*).*", "$2");
            JsonObject tokens = redeem(code);
            peer.store(
                    USER,
                    tokens.get("access_token").getAsString(),
                    tokens.get("refresh_token").getAsString(),
                    Instant.now().plusSeconds(3_600));
        }

        private static String challenge() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private JsonObject redeem(String code) {
            String basic =
                    Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
            HttpRequest request = HttpRequest.newBuilder(server.at("/token"))
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=authorization_code&code=" + code
                            + "&redirect_uri=" + REDIRECT + "&code_verifier=" + VERIFIER))
                    .build();
            try {
                return JsonParser.parseString(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .getAsJsonObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }
}
