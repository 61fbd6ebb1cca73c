package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.CanonicalTarget;
import dev.bulla.tool.ToolRequest;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request that was looked at, and may leave as it is.
 *
 * @param target of the request, in the form in which it is matched and sent
 * @param names of what it carries beside its path, in the query or in its body
 */
public record Sendable(ToolRequest request, CanonicalTarget target, Set<String> names) {
    private static final Pattern METHOD = Pattern.compile("(?!TRACE|CONNECT)[A-Z]{1,16}");

    /** @throws dev.bulla.error.BullaException {@code INVALID_ARGUMENT} or {@code HOST_NOT_ALLOWED} that says what is not sent */
    public static Sendable of(ToolRequest request, Passage passage) {
        if (!METHOD.matcher(request.method()).matches()) {
            throw Canonical.refused("this method is not one to send");
        }
        CanonicalTarget target = Canonical.of(request.target(), passage::base);
        Set<String> names = FieldNames.of(target.query(), request.headers(), request.body());
        Overrides.refuseHeaders(request.headers().keySet());
        Overrides.refuseFields(names);
        URI base = target.origin().isEmpty() ? null : passage.base();
        if (base != null && !passage.allows(Canonical.address(target, base))) {
            throw elsewhere();
        }
        return new Sendable(request, target, names);
    }

    static BullaException elsewhere() {
        return new BullaException(
                ErrorCode.HOST_NOT_ALLOWED,
                "the credential may not be sent to this host: it is not on the provider's list");
    }

    @Override
    public String toString() {
        return "Sendable[" + request.method() + "]";
    }
}
