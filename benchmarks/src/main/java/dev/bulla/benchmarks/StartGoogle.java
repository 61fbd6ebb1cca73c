package dev.bulla.benchmarks;

import com.google.api.client.auth.oauth2.AuthorizationCodeFlow;
import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import java.util.List;

/** To the first authorization URL. */
final class StartGoogle {
    private StartGoogle() {}

    public static void main(String[] args) {
        AuthorizationCodeFlow flow = new AuthorizationCodeFlow.Builder(
                        BearerToken.authorizationHeaderAccessMethod(),
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        new GenericUrl("https://github.com/login/oauth/access_token"),
                        new BasicAuthentication("client", "secret"),
                        "client",
                        "https://github.com/login/oauth/authorize")
                .setScopes(List.of("repo"))
                .enablePKCE()
                .build();
        System.out.println(flow.newAuthorizationUrl()
                .setRedirectUri("https://app.example.com/callback")
                .setState("state")
                .build());
    }
}
