package dev.bulla.provider;

import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import java.time.Duration;

/**
 * One request that turns an access token into one that lives longer.
 *
 * @param method {@code GET}, with everything in the query, or {@code POST}, with everything in a form
 * @param url where
 * @param grantType value of {@code grant_type}
 * @param tokenParameter name of the parameter with the present access token
 * @param authentication how the client proves itself there
 * @param minimumAge how old the present token must be; zero: it may be as young as it likes
 */
public record Exchange(
        String method,
        UrlTemplate url,
        String grantType,
        String tokenParameter,
        ClientAuthentication authentication,
        Duration minimumAge) {
    public Exchange(
            String method,
            UrlTemplate url,
            String grantType,
            String tokenParameter,
            ClientAuthentication authentication) {
        this(method, url, grantType, tokenParameter, authentication, Duration.ZERO);
    }

    /** The same for tokens that the service exchanges from this age on. */
    public Exchange from(Duration age) {
        return new Exchange(method, url, grantType, tokenParameter, authentication, age);
    }
}
