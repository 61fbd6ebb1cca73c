package dev.bulla.http;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpCall;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Turns a call into a request, and refuses what would not be sent exactly as it was checked. */
final class Outgoing {
    private static final Pattern METHOD = Pattern.compile("(?!TRACE|CONNECT)[A-Z]{1,16}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Set<String> BODY_REQUIRED = Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT", "QUERY");
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "accept-encoding",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "bulla-retry-after");

    private final List<Reachable> exceptions;

    Outgoing(List<Reachable> exceptions) {
        this.exceptions = exceptions;
    }

    Request request(HttpCall call, Trace trace) {
        Request.Builder request = new Request.Builder()
                .url(url(call.uri()))
                .header("User-Agent", "bulla")
                .tag(Trace.class, trace)
                .tag(HttpCall.class, call);
        call.headers().forEach((name, value) -> request.header(checkedName(name), checkedValue(name, value)));
        return request.method(call.method(), body(call)).build();
    }

    private static @Nullable OneShotBody body(HttpCall call) {
        String method = call.method();
        if (!METHOD.matcher(method).matches()) {
            throw mine("this method is not one to send");
        }
        byte[] body = call.body();
        if (method.equals("GET") || method.equals("HEAD")) {
            if (body != null) {
                throw mine("a " + method + " has no body");
            }
            return null;
        }
        if (body == null) {
            return BODY_REQUIRED.contains(method) ? new OneShotBody(new byte[0]) : null;
        }
        return new OneShotBody(body);
    }

    private HttpUrl url(URI uri) {
        HttpUrl url = uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null
                ? null
                : HttpUrl.parse(uri.toString());
        if (url == null || !means(url, uri)) {
            throw new BullaException(
                    ErrorCode.EGRESS_BLOCKED, "the address is not written in the plain form of a web address");
        }
        boolean loopback = exceptions.stream().anyMatch(one -> one.isLoopback() && one.matches(url.host(), url.port()));
        if (!url.isHttps() && !loopback) {
            throw new BullaException(ErrorCode.EGRESS_BLOCKED, "only https is spoken to " + url.host());
        }
        return url;
    }

    /** Two parsers must agree, and dot segments are not silently resolved: what was checked is what is sent. */
    private static boolean means(HttpUrl url, URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() == -1 ? HttpUrl.defaultPort(uri.getScheme().toLowerCase(Locale.ROOT)) : uri.getPort();
        String path = URI.create(uri.toASCIIString()).getRawPath();
        return (host.startsWith("[") || host.equals(url.host()))
                && port == url.port()
                && (path.isEmpty() ? "/" : path).equals(url.encodedPath());
    }

    private static String checkedName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches() || OURS.contains(lower) || lower.startsWith("proxy-")) {
            throw mine("a header that is not for callers to set");
        }
        return name;
    }

    private static BullaException mine(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** Visible ASCII, blank and tab. The client below would print the value of a header that it refuses. */
    private static String checkedValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                throw new BullaException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the value of header " + name + " has characters that can not be sent");
            }
        }
        return value;
    }
}
