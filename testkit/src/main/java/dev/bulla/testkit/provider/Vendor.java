package dev.bulla.testkit.provider;

import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.testkit.provider.Transcript.Answer;
import dev.bulla.testkit.provider.Transcript.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A service that answers as documented, over real HTTP: calls keep their address for the tests to look at, and go to a server of this
 * machine through the hardened client. Each request gets the answer of the documented one that it is most like; each of these is given
 * once, and further requests get the likest again. The issuer's key set is served beside it.
 */
final class Vendor implements ProviderHttp, AutoCloseable {
    private static final String TURN = "X-Turn";

    private final MockWebServer server = new MockWebServer();
    private final HardenedHttp http;
    private final Optional<URI> keysUrl;
    private final List<Exchange> open;
    private final List<Exchange> all;
    private final List<Turn> turns = new ArrayList<>();

    /** What was sent, and to which documented request it was the likest; null where it only led there. */
    static final class Turn {
        private final HttpCall sent;
        private final @Nullable Exchange exchange;
        private final Answer answer;
        private @Nullable RecordedRequest arrived;

        private Turn(HttpCall sent, @Nullable Exchange exchange, Answer answer) {
            this.sent = sent;
            this.exchange = exchange;
            this.answer = answer;
        }

        HttpCall sent() {
            return sent;
        }

        Optional<Exchange> exchange() {
            return Optional.ofNullable(exchange);
        }

        RecordedRequest arrived() {
            return Objects.requireNonNull(arrived, "it did not arrive");
        }
    }

    private @Nullable Answer before;

    Vendor(List<Exchange> exchanges, Optional<URI> keysUrl, String keys) {
        this.all = List.copyOf(exchanges);
        this.open = new ArrayList<>(exchanges);
        this.keysUrl = keysUrl;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String number = request.getHeaders().get(TURN);
                if (number == null) {
                    return new MockResponse.Builder().body(keys).build();
                }
                Turn turn = turns.get(Integer.parseInt(number));
                turn.arrived = request;
                MockResponse.Builder response = new MockResponse.Builder().code(turn.answer.status());
                turn.answer.headers().forEach(response::setHeader);
                return response.body(turn.answer.body()).build();
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http = HardenedHttp.create(HttpSettings.standard().reaching("127.0.0.1:" + server.getPort()));
    }

    /** The first request gets this answer, whatever it is: it leads to the documented ones. */
    Vendor after(Answer answer) {
        before = answer;
        return this;
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        boolean forKeys = keysUrl.filter(call.uri()::equals).isPresent();
        String query = call.uri().getRawQuery() == null ? "" : "?" + call.uri().getRawQuery();
        URI here =
                URI.create("http://127.0.0.1:" + server.getPort() + call.uri().getRawPath() + query);
        HttpCall moved = HttpCall.of(call.purpose(), call.method(), here, call.body());
        for (var header : call.headers().entrySet()) {
            moved = moved.header(header.getKey(), header.getValue());
        }
        if (!forKeys) {
            moved = moved.header(TURN, String.valueOf(turns.size()));
            turns.add(turn(call));
        }
        return http.send(moved);
    }

    private Turn turn(HttpCall call) {
        if (before != null) {
            Answer first = before;
            before = null;
            return new Turn(call, null, first);
        }
        List<Exchange> from = open.isEmpty() ? all : open;
        Exchange likest = from.stream()
                .max(Comparator.<Exchange>comparingInt(one -> one.asked().likeness(call))
                        .thenComparing(one -> -from.indexOf(one)))
                .orElseThrow();
        open.remove(likest);
        return new Turn(call, likest, likest.answer());
    }

    /** What the provider asked for, apart from keys, by its original address and as it arrived. */
    List<Turn> turns() {
        return turns;
    }

    /** What was never asked. */
    List<Exchange> unasked() {
        return open;
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
