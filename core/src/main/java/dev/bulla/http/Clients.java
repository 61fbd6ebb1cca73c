package dev.bulla.http;

import dev.bulla.provider.HttpCall.Purpose;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The hardened clients. Token and metadata calls open a connection each: an idle connection that the other side closes looks exactly
 * like a request whose outcome is unknown. API calls may keep theirs; each is looked at before it is used again. They may also take
 * longer: no claim runs while they do.
 */
final class Clients {
    private final OkHttpClient fresh;
    private final OkHttpClient kept;
    private final OkHttpClient anew;

    Clients(HttpSettings settings, List<Reachable> exceptions) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(List.of(ConnectionSpec.RESTRICTED_TLS, ConnectionSpec.CLEARTEXT))
                .proxy(settings.proxy() == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, settings.proxy()))
                .socketFactory(new EgressGuard(exceptions, settings.proxy()))
                .connectTimeout(settings.connect())
                .readTimeout(settings.read())
                .writeTimeout(settings.read())
                .callTimeout(settings.call())
                .eventListenerFactory(Trace::of)
                .addNetworkInterceptor(new LastLook())
                .addNetworkInterceptor(new HideRetryAfter());
        if (!settings.authorities().isEmpty()) {
            Trust.also(settings.authorities()).install(builder);
        }
        this.fresh = builder.connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
        this.anew =
                builder.readTimeout(settings.api()).callTimeout(settings.api()).build();
        this.kept = builder.connectionPool(new ConnectionPool(8, 30, TimeUnit.SECONDS))
                .build();
    }

    OkHttpClient of(Purpose purpose) {
        return purpose == Purpose.API ? kept : fresh;
    }

    /** One that keeps no connections. */
    OkHttpClient anew(Purpose purpose) {
        return purpose == Purpose.API ? anew : fresh;
    }

    void close() {
        fresh.connectionPool().evictAll();
        anew.connectionPool().evictAll();
        kept.connectionPool().evictAll();
    }
}
