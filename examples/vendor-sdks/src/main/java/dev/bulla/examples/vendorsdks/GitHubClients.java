package dev.bulla.examples.vendorsdks;

import dev.bulla.Session;
import java.io.IOException;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.extras.HttpClientGitHubConnector;

/** The GitHub client asks its authorization provider before each request; a refused token is told where requests are sent. */
public final class GitHubClients {
    private GitHubClients() {}

    /** A client for one member. @param api such as {@code https://api.github.com} */
    public static GitHub client(String api, Session session, String connection) throws IOException {
        return new GitHubBuilder()
                .withEndpoint(api)
                .withAuthorizationProvider(
                        () -> OnceMore.BEARER + session.tokenForSdk(connection).reveal())
                .withConnector(new OnceMore(new HttpClientGitHubConnector(), session, connection))
                .build();
    }
}
