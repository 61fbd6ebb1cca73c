package dev.bulla.testkit.provider;

import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A service that gives one documented answer to everything, over real HTTP: calls keep their address for the tests to look at, and go to
 * a server of this machine through the hardened client. The issuer's key set is served beside it.
 */
final class Vendor implements ProviderHttp, AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final HardenedHttp http;
    private final Optional<URI> keysUrl;
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<RecordedRequest> received = new ArrayList<>();

    Vendor(Transcript.Answer answer, Optional<URI> keysUrl, String keys) {
        this.keysUrl = keysUrl;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if ("true".equals(request.getHeaders().get("X-Keys"))) {
                    return new MockResponse.Builder().body(keys).build();
                }
                received.add(request);
                MockResponse.Builder response = new MockResponse.Builder().code(answer.status());
                answer.headers().forEach(response::setHeader);
                return response.body(answer.body()).build();
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http = HardenedHttp.create(HttpSettings.standard().reaching("127.0.0.1:" + server.getPort()));
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        boolean forKeys = keysUrl.filter(call.uri()::equals).isPresent();
        if (!forKeys) {
            calls.add(call);
        }
        String query = call.uri().getRawQuery() == null ? "" : "?" + call.uri().getRawQuery();
        URI here =
                URI.create("http://127.0.0.1:" + server.getPort() + call.uri().getRawPath() + query);
        HttpCall moved = HttpCall.of(call.purpose(), call.method(), here, call.body());
        for (var header : call.headers().entrySet()) {
            moved = moved.header(header.getKey(), header.getValue());
        }
        return http.send(forKeys ? moved.header("X-Keys", "true") : moved);
    }

    /** What the provider asked for, apart from keys, by its original address. */
    List<HttpCall> calls() {
        return calls;
    }

    /** The same requests as they arrived. */
    List<RecordedRequest> received() {
        return received;
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
