package dev.bulla.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host may set on the hardened client: proxy, further certificate authorities, timeouts, and addresses that are reachable
 * although they are not public. Nothing here switches a guard off. Immutable.
 *
 * @param proxy a forward proxy, or null; behind one, the proxy must keep private addresses unreachable, because this side no longer
 *     sees which address is connected
 * @param authorities trusted beside those of the JVM
 * @param connect time to connect
 * @param read time between two bytes
 * @param call time of a whole call for a token or metadata, at most 15 seconds, which is what a claim leaves for it
 * @param api time of a whole call of a service's API, at most 10 minutes; such a service may also think that long before its first byte
 * @param reachable exceptions of the egress guard, as {@code host:port} with the host as the URL writes it; {@code localhost} or a
 *     loopback address among them may be called over plain http, everything else is https
 */
public record HttpSettings(
        @Nullable InetSocketAddress proxy,
        List<X509Certificate> authorities,
        Duration connect,
        Duration read,
        Duration call,
        Duration api,
        List<String> reachable) {
    private static final Duration LEAST = Duration.ofMillis(1);

    public HttpSettings {
        authorities = List.copyOf(authorities);
        reachable = List.copyOf(reachable);
        if (connect.compareTo(LEAST) < 0
                || read.compareTo(LEAST) < 0
                || isBeyond(call, Duration.ofSeconds(15))
                || isBeyond(api, Duration.ofMinutes(10))) {
            throw new IllegalArgumentException("timeouts are at least a millisecond; a call for a token ends within 15"
                    + " seconds, one of a service's API within 10 minutes");
        }
        reachable.forEach(Reachable::parse);
    }

    private static boolean isBeyond(Duration time, Duration most) {
        return time.compareTo(LEAST) < 0 || time.compareTo(most) > 0;
    }

    /** 5 seconds to connect, 10 to read, 15 in all, and 30 for a call of a service's API; public addresses only. */
    public static HttpSettings standard() {
        return new HttpSettings(
                null,
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                List.of());
    }

    /** A copy in which a call of a service's API may take so long. */
    public HttpSettings apiWithin(Duration time) {
        return new HttpSettings(proxy, authorities, connect, read, call, time, reachable);
    }

    /** A copy that may also reach this host and port, although the address is private or loopback. */
    public HttpSettings reaching(String hostAndPort) {
        List<String> more = new ArrayList<>(reachable);
        more.add(hostAndPort);
        return new HttpSettings(proxy, authorities, connect, read, call, api, more);
    }

    public HttpSettings through(InetSocketAddress forwardProxy) {
        return new HttpSettings(forwardProxy, authorities, connect, read, call, api, reachable);
    }

    public HttpSettings trusting(X509Certificate authority) {
        List<X509Certificate> more = new ArrayList<>(authorities);
        more.add(authority);
        return new HttpSettings(proxy, more, connect, read, call, api, reachable);
    }
}
