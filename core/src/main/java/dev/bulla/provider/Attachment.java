package dev.bulla.provider;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** How a credential is attached to a request: by headers only. */
@FunctionalInterface
public interface Attachment {
    /** The headers for one request. */
    Map<String, String> headers(Secret credential);

    /** {@code Authorization: Bearer ...} (RFC 6750 section 2.1). */
    static Attachment bearer() {
        return scheme("Bearer");
    }

    /** {@code Authorization: <scheme> ...}. */
    static Attachment scheme(String scheme) {
        return credential -> Map.of("Authorization", scheme + " " + credential.reveal());
    }

    /** A header of the service's own. */
    static Attachment header(String name) {
        return credential -> Map.of(name, credential.reveal());
    }

    /** HTTP Basic (RFC 7617) with a fixed user name, which may be empty. */
    static Attachment basic(String user) {
        return credential -> Map.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + credential.reveal()).getBytes(StandardCharsets.UTF_8)));
    }
}
