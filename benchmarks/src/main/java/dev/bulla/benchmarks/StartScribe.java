package dev.bulla.benchmarks;

import com.github.scribejava.apis.GitHubApi;
import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.oauth.OAuth20Service;
import java.io.IOException;

/** To the first authorization URL. */
final class StartScribe {
    private StartScribe() {}

    public static void main(String[] args) throws IOException {
        try (OAuth20Service service = new ServiceBuilder("client")
                .apiSecret("secret")
                .defaultScope("repo")
                .callback("https://app.example.com/callback")
                .build(GitHubApi.instance())) {
            System.out.println(service.createAuthorizationUrlBuilder()
                    .state("state")
                    .initPKCE()
                    .build());
        }
    }
}
