package dev.bulla.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One exception of the egress guard: a host, as the URL writes it, and a port. Another name that resolves to the same address is no match. */
record Reachable(String host, @Nullable InetAddress literal, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** @throws IllegalArgumentException where the text is not {@code host:port} */
    static Reachable parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw new IllegalArgumentException("not host:port: " + text);
        }
        String host = bare(matcher.group(1));
        return new Reachable(host, literal(host), Integer.parseInt(matcher.group(2)));
    }

    boolean matches(InetSocketAddress target) {
        if (target.getPort() != port) {
            return false;
        }
        String name = target.getHostString();
        InetAddress address = target.getAddress();
        boolean targetIsLiteral = address != null && name.equals(address.getHostAddress());
        return host.equals(name.toLowerCase(Locale.ROOT)) || targetIsLiteral && address.equals(literal);
    }

    /** Whether plain http may be spoken to it: this machine, by its address or its usual name. */
    boolean isLoopback() {
        return literal == null ? host.equals("localhost") : literal.isLoopbackAddress();
    }

    boolean matches(String urlHost, int urlPort) {
        String other = bare(urlHost);
        InetAddress otherLiteral = literal(other);
        return urlPort == port && (host.equals(other) || otherLiteral != null && otherLiteral.equals(literal));
    }

    private static String bare(String host) {
        return (host.startsWith("[") ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    private static @Nullable InetAddress literal(String host) {
        if (host.indexOf(':') < 0 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host); // a literal is never looked up
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + host);
        }
    }
}
