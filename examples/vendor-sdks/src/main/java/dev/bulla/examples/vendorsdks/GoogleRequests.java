package dev.bulla.examples.vendorsdks;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import dev.bulla.Session;
import dev.bulla.provider.Secret;

/**
 * For every Java client of Google's that takes an {@code HttpRequestInitializer}, as {@code Drive.Builder} does. Each request asks for the
 * token anew and keeps in mind which one it went out with: Google's own {@code Credentials} know of one present token only, so that a
 * late 401 for an old token would end the new one.
 */
public final class GoogleRequests implements HttpRequestInitializer {
    private final Session session;
    private final String connection;

    public GoogleRequests(Session session, String connection) {
        this.session = session;
        this.connection = connection;
    }

    @Override
    public void initialize(HttpRequest request) {
        Secret token = session.tokenForSdk(connection);
        attach(request, token);
        request.setUnsuccessfulResponseHandler(new OnceMore(token));
        request.setFollowRedirects(false); // the token goes nowhere else
    }

    private static void attach(HttpRequest request, Secret token) {
        request.getHeaders().setAuthorization("Bearer " + token.reveal());
    }

    private final class OnceMore implements HttpUnsuccessfulResponseHandler {
        private final Secret sent;
        private boolean told;

        OnceMore(Secret sent) {
            this.sent = sent;
        }

        @Override
        public boolean handleResponse(HttpRequest request, HttpResponse answer, boolean supportsRetry) {
            if (answer.getStatusCode() != 401 || told) {
                return false;
            }
            told = true;
            attach(request, session.invalidate(connection, sent));
            return true;
        }
    }
}
