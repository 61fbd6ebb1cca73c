package dev.bulla.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Renames {@code Retry-After} while the answer passes through the client, which would otherwise repeat a request without body on
 * {@code 503} with {@code Retry-After: 0}.
 */
final class HideRetryAfter implements Interceptor {
    static final String REAL = "Retry-After";
    static final String HIDDEN = "Bulla-Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        Response.Builder renamed = answer.newBuilder().removeHeader(HIDDEN).removeHeader(REAL);
        answer.headers(REAL).forEach(value -> renamed.addHeader(HIDDEN, value));
        return renamed.build();
    }
}
