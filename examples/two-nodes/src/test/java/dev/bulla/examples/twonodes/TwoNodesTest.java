package dev.bulla.examples.twonodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.server.Browser;
import dev.bulla.testkit.service.Misfortune;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoNodesTest {
    @TempDir
    static Path directory;

    private static TwoNodes site;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        site = new TwoNodes(directory, 0);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Test
    void consentThatBeginsOnOneNodeEndsOnTheOther() throws Exception {
        NodeProcess one = site.nodes().get(0);
        NodeProcess other = site.nodes().get(1);

        HttpResponse<String> back = connect("alice", one.origin(), other.origin());

        assertThat(back.headers().firstValue("Location").orElseThrow()).startsWith("/bulla/result?outcome=connected");
        for (NodeProcess node : List.of(one, other)) {
            assertThat(call("alice", node.origin()).join().body()).contains("Alice Example");
        }
    }

    @Test
    void callsOverBothNodesRefreshOnce() throws Exception {
        connect("bob", site.proxy().origin(), site.proxy().origin());
        call("bob", site.proxy().origin()).join();
        site.notes().service().endAccess("bob");
        int before = refreshes();

        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(call("bob", site.proxy().origin()));
        }

        Set<String> processes = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.join().body()).contains("Bob Example");
            processes.add(call.join().headers().firstValue("Served-By").orElseThrow());
        }
        assertThat(processes).hasSize(2);
        assertThat(refreshes() - before).isEqualTo(1);
    }

    @Test
    void nodeThatIsStoppedInTheMidstLosesNothing() throws Exception {
        NodeProcess leaving = site.node();
        connect("carol", leaving.origin(), leaving.origin());
        site.notes().service().endAccess("carol");
        site.notes().misfortunes().next(Misfortune.slow(Duration.ofSeconds(1)));
        int before = refreshes();

        CompletableFuture<HttpResponse<String>> last = call("carol", leaving.origin());
        while (refreshes() == before && !last.isDone()) {
            Thread.onSpinWait();
        }
        CompletableFuture<HttpResponse<String>> elsewhere =
                call("carol", site.proxy().origin());
        leaving.close();

        assertThat(last.join().body()).contains("Carol Example");
        assertThat(elsewhere.join().body()).contains("Carol Example");
        assertThat(call("carol", site.proxy().origin()).join().body()).contains("Carol Example");
        assertThat(refreshes() - before).isEqualTo(1);
        assertThat(site.notes().journal().maxRedemptions()).isEqualTo(1);
    }

    private static int refreshes() {
        return (int) site.notes().journal().tokenRequests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .count();
    }

    /** Begins at one address and brings the callback to another. */
    private HttpResponse<String> connect(String member, String begin, String end) throws Exception {
        HttpResponse<String> away = client.send(
                as(member, URI.create(begin + "/bulla/connect"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(BodyPublishers.ofString("connection=" + Node.CONNECTION))
                        .build(),
                BodyHandlers.ofString());
        URI consent =
                URI.create(away.headers().firstValue("Refresh").orElseThrow().replace("0; url=", ""));
        String cookie = away.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        URI callback = new Browser().authorize(consent, member, member);
        return client.send(
                as(member, URI.create(end + callback.getPath() + "?" + callback.getRawQuery()))
                        .header("Cookie", cookie)
                        .build(),
                BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> call(String member, String origin) {
        return client.sendAsync(as(member, URI.create(origin + "/me")).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder as(String member, URI address) {
        String pair = Base64.getEncoder().encodeToString((member + ":" + member).getBytes());
        return HttpRequest.newBuilder(address).header("Authorization", "Basic " + pair);
    }
}
