package dev.bulla.provider;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a credential is attached to a request: closed data that a catalogue can print. A credential stands in a header unless the service
 * has no other place for it; where it stands in the path or the query, that part of the address is shown nowhere. Immutable and
 * thread-safe.
 */
public final class Attachment {
    /** Where the credential stands. */
    public enum Place {
        /** In a header, behind a scheme or bare. */
        HEADER,
        /** As the password of HTTP Basic (RFC 7617). */
        BASIC,
        /** In a parameter of the query. */
        QUERY,
        /** In a segment of the path. */
        PATH
    }

    /** Chooses the field of a form whose value goes along, for a service with several keys. */
    @FunctionalInterface
    public interface Choice {
        /** @return name of a field; where the member left it empty, the usual secret goes along */
        String field(String method, String path);
    }

    private static final String AUTHORIZATION = "Authorization";

    private final Place place;
    private final String name;
    private final String scheme;
    private final List<String> roots;
    private final @Nullable Choice choice;
    private final @Nullable Function<Credential, Secret> signer;

    private Attachment(
            Place place,
            String name,
            String scheme,
            List<String> roots,
            @Nullable Choice choice,
            @Nullable Function<Credential, Secret> signer) {
        this.place = place;
        this.name = name;
        this.scheme = scheme;
        this.roots = roots;
        this.choice = choice;
        this.signer = signer;
    }

    private Attachment(Place place, String name, String scheme, String... roots) {
        this(place, name, scheme, List.of(roots), null, null);
    }

    /** {@code Authorization: Bearer ...} (RFC 6750 section 2.1). */
    public static Attachment bearer() {
        return scheme("Bearer");
    }

    /** {@code Authorization: <scheme> ...}; an empty scheme means the credential alone. */
    public static Attachment scheme(String scheme) {
        return new Attachment(Place.HEADER, AUTHORIZATION, scheme);
    }

    /** A header of the service's own. */
    public static Attachment header(String name) {
        return new Attachment(Place.HEADER, name, "");
    }

    /** HTTP Basic (RFC 7617) with a fixed user name, which may be empty. */
    public static Attachment basic(String user) {
        return new Attachment(Place.BASIC, "", user);
    }

    /** HTTP Basic (RFC 7617) with the user name that stands in this field of the form. */
    public static Attachment basicOf(String userField) {
        return new Attachment(Place.BASIC, userField, "");
    }

    /** A parameter of the query. */
    public static Attachment query(String parameter) {
        return new Attachment(Place.QUERY, parameter, "");
    }

    /**
     * A segment that begins with {@code before}, in front of the path: {@code /getMe} becomes {@code /bot<credential>/getMe}.
     *
     * @param roots paths behind which the segment stands instead, such as {@code /file}
     */
    public static Attachment path(String before, String... roots) {
        return new Attachment(Place.PATH, before, "", roots);
    }

    /** The same for a service with several keys: which one goes along depends on what is asked for. */
    public Attachment choosing(Choice value) {
        return new Attachment(place, name, scheme, roots, value, signer);
    }

    /** The same for a service that wants a fresh proof in each request: what is attached is made of the credential. */
    public Attachment signing(Function<Credential, Secret> value) {
        return new Attachment(place, name, scheme, roots, choice, value);
    }

    public Place place() {
        return place;
    }

    /** The header, the parameter, the field with the user name, or what the segment begins with. */
    public String name() {
        return name;
    }

    /** The scheme of the header, or the fixed user name. */
    public String scheme() {
        return scheme;
    }

    /** Whether which of several keys goes along depends on what is asked for. */
    public boolean chooses() {
        return choice != null;
    }

    /** Whether a fresh proof, made of the credential, goes along in its place. */
    public boolean signs() {
        return signer != null;
    }

    /**
     * The request with the credential.
     *
     * @throws BullaException {@code INVALID_ARGUMENT} where the request already has what is to be attached, or the form lacks the user name
     */
    public HttpCall attach(HttpCall call, Credential credential) {
        String secret = secret(call, credential).reveal();
        return switch (place) {
            case HEADER -> header(call, name, scheme.isEmpty() ? secret : scheme + " " + secret);
            case BASIC -> header(call, AUTHORIZATION, "Basic " + base64(user(credential) + ":" + secret));
            case QUERY -> query(call, secret);
            case PATH -> path(call, secret);
        };
    }

    private Secret secret(HttpCall call, Credential credential) {
        if (signer != null) {
            return signer.apply(credential);
        }
        if (choice == null) {
            return credential.token();
        }
        String field = choice.field(call.method(), call.uri().getPath());
        return Optional.ofNullable(credential.form().get(field)).orElse(credential.token());
    }

    private String user(Credential credential) {
        if (name.isEmpty()) {
            return scheme;
        }
        Secret user = credential.form().get(name);
        if (user == null) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the account has no " + name);
        }
        return user.reveal();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpCall header(HttpCall call, String name, String value) {
        if (call.headers().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw mine(name);
        }
        return call.header(name, value);
    }

    private HttpCall query(HttpCall call, String secret) {
        String query = call.uri().getRawQuery();
        boolean there = query != null
                && Arrays.stream(query.split("&")).anyMatch(pair -> pair.equals(name) || pair.startsWith(name + "="));
        if (there) {
            throw mine(name);
        }
        String pair = name + "=" + encoded(secret);
        return call.to(at(call.uri(), call.uri().getRawPath(), query == null ? pair : query + "&" + pair));
    }

    private HttpCall path(HttpCall call, String secret) {
        String path = call.uri().getRawPath();
        String root = roots.stream()
                .filter(one -> path.startsWith(one + "/"))
                .findFirst()
                .orElse("");
        String marked = root + "/" + name + encoded(secret).replace("%3A", ":") + path.substring(root.length());
        return call.to(at(call.uri(), marked, call.uri().getRawQuery())).withSecretPath();
    }

    private static URI at(URI uri, String path, @Nullable String query) {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + (query == null ? "" : "?" + query));
    }

    private static String encoded(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static BullaException mine(String name) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, "the session sets " + name + " itself");
    }
}
