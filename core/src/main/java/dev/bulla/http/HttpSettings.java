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
 * @param call time of the whole call
 * @param reachable exceptions of the egress guard, as {@code host:port} with the host as the URL writes it; {@code localhost} or a
 *     loopback address among them may be called over plain http, everything else is https
 */
public record HttpSettings(
        @Nullable InetSocketAddress proxy,
        List<X509Certificate> authorities,
        Duration connect,
        Duration read,
        Duration call,
        List<String> reachable) {
    public HttpSettings {
        authorities = List.copyOf(authorities);
        reachable = List.copyOf(reachable);
        Duration least = Duration.ofMillis(1);
        if (connect.compareTo(least) < 0
                || read.compareTo(least) < 0
                || call.compareTo(least) < 0
                || call.compareTo(Duration.ofSeconds(15)) > 0) {
            throw new IllegalArgumentException(
                    "timeouts are at least a millisecond, and a call ends within 15 seconds");
        }
        reachable.forEach(Reachable::parse);
    }

    /** 5 seconds to connect, 10 to read, 15 in all; public addresses only. */
    public static HttpSettings standard() {
        return new HttpSettings(
                null, List.of(), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), List.of());
    }

    /** A copy that may also reach this host and port, although the address is private or loopback. */
    public HttpSettings reaching(String hostAndPort) {
        List<String> more = new ArrayList<>(reachable);
        more.add(hostAndPort);
        return new HttpSettings(proxy, authorities, connect, read, call, more);
    }

    public HttpSettings through(InetSocketAddress forwardProxy) {
        return new HttpSettings(forwardProxy, authorities, connect, read, call, reachable);
    }

    public HttpSettings trusting(X509Certificate authority) {
        List<X509Certificate> more = new ArrayList<>(authorities);
        more.add(authority);
        return new HttpSettings(proxy, more, connect, read, call, reachable);
    }
}
