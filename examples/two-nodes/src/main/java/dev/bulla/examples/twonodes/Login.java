package dev.bulla.examples.twonodes;

import dev.bulla.web.Caller;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.Base64;
import java.util.Optional;

/**
 * HTTP Basic, with the name as the password: a login that needs no memory of any node. A host with sessions in a cookie or in its
 * database does as well; with sessions in the memory of a node it needs a proxy that sends a browser to the same node always, which
 * Bulla does not need.
 */
final class Login implements WebHost {
    @Override
    public Optional<Caller> caller(WebRequest request) {
        String[] scheme = request.header("Authorization").orElse("").split(" ", 2);
        if (scheme.length < 2 || !scheme[0].equals("Basic")) {
            return Optional.empty();
        }
        String[] pair = new String(Base64.getDecoder().decode(scheme[1])).split(":", 2);
        return pair.length == 2 && !pair[0].isEmpty() && pair[0].equals(pair[1])
                ? Optional.of(new Caller(Node.TENANT, pair[0], false))
                : Optional.empty();
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
                        .header("WWW-Authenticate", "Basic realm=\"two nodes\"");
    }
}
