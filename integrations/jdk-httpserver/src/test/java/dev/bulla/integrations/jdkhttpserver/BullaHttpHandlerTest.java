package dev.bulla.integrations.jdkhttpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.testkit.web.AdapterContract;
import dev.bulla.web.WebHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class BullaHttpHandlerTest extends AdapterContract {
    private HttpServer server;

    @Override
    protected URI start(WebHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bulla/", BullaHttpHandler.of(handler));
        server.start();
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/bulla");
    }

    @Override
    protected void stop() {
        server.stop(0);
    }

    @Test
    void parametersOfThePathAreNoPartOfIt() throws Exception {
        send(HttpRequest.newBuilder(at("/a;x=1/b;c")));
        assertThat(arrived().path()).isEqualTo("/bulla/a/b");
    }
}
