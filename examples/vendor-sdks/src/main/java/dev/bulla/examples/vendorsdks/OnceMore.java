package dev.bulla.examples.vendorsdks;

import dev.bulla.Session;
import dev.bulla.provider.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/** Sends what GitHub answers with 401 once more, with another token. */
final class OnceMore implements GitHubConnector {
    static final String BEARER = "Bearer ";

    private static final String AUTHORIZATION = "Authorization";

    private final GitHubConnector way;
    private final Session session;
    private final String connection;

    OnceMore(GitHubConnector way, Session session, String connection) {
        this.way = way;
        this.session = session;
        this.connection = connection;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        GitHubConnectorResponse answer = way.send(request);
        String sent = request.header(AUTHORIZATION); // none after a redirect to another host
        if (answer.statusCode() != 401 || sent == null) {
            return answer;
        }
        answer.close();
        Secret next = session.invalidate(connection, Secret.of(sent.substring(BEARER.length())));
        return way.send(new Authorized(request, BEARER + next.reveal()));
    }

    /** The same request with another token. */
    private record Authorized(GitHubConnectorRequest request, String authorization) implements GitHubConnectorRequest {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public Map<String, List<String>> allHeaders() {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(request.allHeaders());
            headers.put(AUTHORIZATION, List.of(authorization));
            return headers;
        }

        @Override
        public @Nullable String header(String name) {
            return name.equalsIgnoreCase(AUTHORIZATION) ? authorization : request.header(name);
        }

        @Override
        public @Nullable String contentType() {
            return request.contentType();
        }

        @Override
        public @Nullable InputStream body() {
            return request.body();
        }

        @Override
        public URL url() {
            return request.url();
        }

        @Override
        public boolean hasBody() {
            return request.hasBody();
        }

        @Override
        public String toString() {
            return "Authorized[" + request.method() + "]";
        }
    }
}
