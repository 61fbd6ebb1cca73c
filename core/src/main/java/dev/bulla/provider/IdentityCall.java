package dev.bulla.provider;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the service is asked whose account it is.
 *
 * @param method HTTP method
 * @param url where to ask
 * @param subject path of the stable id in the answer
 * @param name paths of names to show, the first that is there wins
 * @param attributes plain facts to keep: attribute name to path in the answer
 * @param attachment how the access token goes along
 * @param json a body to send, such as a query of GraphQL; null for none
 * @param introspects whether the token is introspected instead (RFC 7662): it stands in the form of a POST, in which the client proves
 *     itself as at the token endpoint
 * @param within path of the id of what the account belongs to, where the stable id alone tells one account of a person from another
 *     only within that: the subject is both, with a dot between them; empty where the stable id is enough
 */
public record IdentityCall(
        String method,
        UrlTemplate url,
        List<String> subject,
        List<List<String>> name,
        Map<String, List<String>> attributes,
        Attachment attachment,
        @Nullable String json,
        boolean introspects,
        List<String> within) {
    public IdentityCall(
            String method,
            UrlTemplate url,
            List<String> subject,
            List<List<String>> name,
            Map<String, List<String>> attributes) {
        this(method, url, subject, name, attributes, Attachment.bearer(), null, false, List.of());
    }

    public IdentityCall attached(Attachment value) {
        return new IdentityCall(method, url, subject, name, attributes, value, json, introspects, within);
    }

    /** A POST with this body. */
    public IdentityCall posting(String value) {
        return new IdentityCall("POST", url, subject, name, attributes, attachment, value, introspects, within);
    }

    /** Token introspection (RFC 7662). */
    public IdentityCall introspecting() {
        return new IdentityCall("POST", url, subject, name, attributes, attachment, json, true, within);
    }

    /** @param path of the id of what the account belongs to, such as a workspace */
    public IdentityCall within(String... path) {
        return new IdentityCall(method, url, subject, name, attributes, attachment, json, introspects, List.of(path));
    }
}
