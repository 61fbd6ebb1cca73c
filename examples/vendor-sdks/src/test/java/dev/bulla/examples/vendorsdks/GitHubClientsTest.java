package dev.bulla.examples.vendorsdks;

import dev.bulla.Session;
import dev.bulla.providers.github.GitHub;
import java.io.IOException;

class GitHubClientsTest extends SdkContract {
    GitHubClientsTest() {
        super(
                GitHub.create(),
                new VendorApi.Answers(
                        "{\"login\": \"alice\", \"name\": \"Alice\"}", 401, "{\"message\": \"Bad credentials\"}"));
    }

    @Override
    String whoAmI(String api, Session session, String connection) throws IOException {
        return GitHubClients.client(api, session, connection).getMyself().getName();
    }
}
