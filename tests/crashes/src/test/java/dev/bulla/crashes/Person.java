package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.store.AccountRow;
import dev.bulla.testkit.server.Browser;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A member at the browser and at the surviving nodes, with the key that the member knows. Not thread-safe. */
final class Person {
    private static final Map<Service, Browser> BROWSERS = new EnumMap<>(Service.class);

    private final Ground ground;
    final String id;

    @Nullable
    MemberKey key;

    Person(Ground ground, String id) {
        this.ground = ground;
        this.id = id;
    }

    Member member() {
        return member(ground.nodes.get(0));
    }

    private Member member(Bulla node) {
        return node.tenant(Net.TENANT).member(id);
    }

    /** A way through the service, up to the callback that has not been handed in. */
    record Trip(CallbackRequest request, String path, String code) {}

    Trip trip(Service service, Duration life) {
        ground.server(service).service().accessLifetime(life);
        ConnectStep.Redirect step = (ConnectStep.Redirect) member().connect(service.id(), Net.RETURN);
        URI callback = BROWSERS.computeIfAbsent(service, any -> new Browser())
                .authorize(step.location(), "anna", "anna-password");
        String code = Stream.of(callback.getQuery().split("&"))
                .filter(pair -> pair.startsWith("code="))
                .findFirst()
                .orElseThrow()
                .substring(5);
        Map<String, String> cookies = Map.of(step.cookie().name(), step.cookie().value());
        return new Trip(
                CallbackRequest.of(callback.getPath(), callback.getRawQuery(), cookies), callback.getPath(), code);
    }

    static void forgetBrowsers() {
        BROWSERS.clear();
    }

    /** Connects, with an access token of this life; what is issued later lives long. */
    Line connect(Service service, Duration life) {
        Trip trip = trip(service, life);
        Landing landing = member().complete(trip.request());
        assertThat(landing.outcome()).isInstanceOf(Landing.Connected.class);
        ground.server(service).service().accessLifetime(Service.Moments.LONG);
        return ground.relay.line(trip.code());
    }

    /** A first key, or one in place of the present one, typed back. */
    MemberKey newKey() {
        MemberKey present = key;
        MemberKey next = MemberKey.parse(
                (present == null ? member().keys().issue() : member().keys().rotate(present)).text());
        member().keys().confirm(next);
        key = next;
        return next;
    }

    /** For orders to a worker: the key, or nothing. */
    String[] with(String... order) {
        MemberKey present = key;
        return present == null
                ? order
                : Stream.concat(Stream.of(order), Stream.of(present.revealText().replace(" ", "-")))
                        .toArray(String[]::new);
    }

    private Session session(Bulla node) {
        MemberKey present = key;
        return present == null ? member(node).session() : member(node).session(present);
    }

    /** One call at the first node: the status, or why there is none. */
    String call(Service service) {
        return call(ground.nodes.get(0), service);
    }

    private String call(Bulla node, Service service) {
        try (Session session = session(node)) {
            return String.valueOf(
                    session.call(service.id(), ApiRequest.get("/api/me")).status());
        } catch (CredentialUnavailable e) {
            return e.code() == ErrorCode.RECONNECT_REQUIRED
                    ? e.reason()
                    : e.code().name();
        } catch (BullaException e) {
            return e.code().name();
        }
    }

    /** A call at every node at once. */
    List<CompletableFuture<String>> calls(Service service) {
        return ground.nodes.stream()
                .map(node -> CompletableFuture.supplyAsync(() -> call(node, service), work -> new Thread(work).start()))
                .toList();
    }

    static List<String> results(List<CompletableFuture<String>> calls) {
        return calls.stream().map(CompletableFuture::join).toList();
    }

    boolean unlocks(MemberKey with) {
        try (Session session = member().session(with)) {
            return session.accounts() != null;
        } catch (BullaException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.KEY_WRONG);
            return false;
        }
    }

    String disconnect(Service service) {
        try (Session session = session(ground.nodes.get(0))) {
            return session.disconnect(service.id()).revocation().name();
        }
    }

    AccountRow row(Service service) {
        return ground.store.accounts().ofMember(Net.TENANT, id).stream()
                .filter(row -> row.connectionId()
                        .equals(ground.store
                                .connections()
                                .find(Net.TENANT, row.connectionId())
                                .filter(connection -> connection.name().equals(service.id()))
                                .map(connection -> connection.id())
                                .orElse("")))
                .findFirst()
                .orElseThrow();
    }

    /** Status and reason as one word; the reason alone where a reconnect is required. */
    String standing(Service service) {
        AccountRow row = row(service);
        return row.status().equals("RECONNECT_REQUIRED") ? Objects.requireNonNull(row.reason()) : row.status();
    }

    static final String GIVEN_UP = Reason.OUTCOME_UNKNOWN.code();

    /** Every record that is there opens with the present key, and is sealed to it. */
    void assertRecordsOpen() {
        HostKeyring ring = HostKeyring.fromFile(Path.of(ground.net.ring()));
        MemberKey present = key;
        Opener opener = present == null
                ? Opener.host()
                : new KeyRows(ring, ground.store)
                        .unlock(Net.TENANT, id, present)
                        .opener();
        for (AccountRow row : ground.store.accounts().ofMember(Net.TENANT, id)) {
            if (row.sealed() != null) {
                assertThat(new Vault(ring).open(row, opener).tokens().sets()).isNotEmpty();
                assertThat(row.keyNo()).as("sealed to").isEqualTo(opener.keyNo());
            }
        }
    }
}
