package dev.bulla.http;

import dev.bulla.provider.HttpCall;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Asks a call, between the connection and the first byte, whether it may still leave: connecting takes time, or the process was stopped. */
final class LastLook implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        HttpCall call = chain.request().tag(HttpCall.class);
        if (call != null && !call.mayLeave()) {
            throw new IOException("too late to leave");
        }
        return chain.proceed(chain.request());
    }
}
