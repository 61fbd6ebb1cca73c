package dev.bulla.examples.plainjdk;

import dev.bulla.web.Caller;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who is there, by HTTP Basic; and whether a request came from our own pages, by what browsers say of that themselves. A host asks its
 * own login and its own protection here.
 */
final class BasicLogin implements WebHost {
    private static final Map<String, String> PASSWORDS = Map.of("olga", "olga", "alice", "alice");

    @Override
    public Optional<Caller> caller(WebRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith("Basic ")) {
            return Optional.empty();
        }
        String[] pair = decoded(header.substring("Basic ".length())).split(":", 2);
        byte[] password = PASSWORDS.getOrDefault(pair[0], "").getBytes(StandardCharsets.UTF_8);
        boolean right = pair.length == 2
                && password.length > 0
                && MessageDigest.isEqual(password, pair[1].getBytes(StandardCharsets.UTF_8));
        return right ? Optional.of(new Caller(PlainJdk.TENANT, pair[0], pair[0].equals("olga"))) : Optional.empty();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return request.header("Sec-Fetch-Site").filter("same-origin"::equals).isPresent();
    }

    /** Asks for name and password before anything else is answered. */
    WebHandler before(WebHandler rest) {
        return request -> caller(request).isPresent()
                ? rest.handle(request)
                : WebResponse.html(401, "Log in as alice, with the password alice.")
                        .header("WWW-Authenticate", "Basic realm=\"plain JDK\"");
    }
}
