package dev.bulla.web;

import dev.bulla.Audit;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.connection.Ids;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One request of somebody who is logged in, to an address that is there. */
final class Call {
    private final Bulla bulla;
    private final WebHost host;
    private final WebRequest request;
    private final Caller caller;
    private final Map<String, String> variables;
    private final Body body;

    /** @throws BullaException {@code INVALID_ARGUMENT} where the body is no JSON object */
    Call(Bulla bulla, WebHost host, WebRequest request, Caller caller, Map<String, String> variables) {
        this.bulla = bulla;
        this.host = host;
        this.request = request;
        this.caller = caller;
        this.variables = variables;
        this.body = Body.of(request);
    }

    Bulla bulla() {
        return bulla;
    }

    Body body() {
        return body;
    }

    Member member() {
        return bulla.tenant(caller.tenant()).member(caller.member());
    }

    /** The member of this id. */
    Member member(String id) {
        return bulla.tenant(caller.tenant()).member(id);
    }

    Audit audit() {
        return bulla.tenant(caller.tenant()).audit();
    }

    boolean resetSession(String session) {
        return bulla.tenant(caller.tenant()).resetSession(session, caller.member());
    }

    Connections connections() {
        return bulla.tenant(caller.tenant()).connections().by(caller.member());
    }

    /** The variable part of the path; one with control characters, which nothing can have, is asked nobody about. */
    String variable(String name) {
        return plain(name, variables.getOrDefault(name, ""));
    }

    /** The name of the connection in the path; one that none can have is asked nobody about. */
    String connection() {
        String name = variables.getOrDefault("connection", "");
        if (!Ids.isConnectionName(name)) {
            throw new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name");
        }
        return name;
    }

    /** A parameter of the query; the empty text where it is not there. */
    String parameter(String name) {
        return plain(name, request.parameter(name).orElse(""));
    }

    private static String plain(String name, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "'" + name + "' has no control characters");
        }
        return text;
    }

    /** The label in the body, or in the query of what only looks; usually empty. */
    String label() {
        boolean looks = request.method().equals("GET");
        return plain("label", body.text("label").orElseGet(() -> looks ? parameter("label") : ""));
    }

    /** Whether the host has made sure, just now, that it is the member who is asking. */
    boolean isProven() {
        return host.isProven(request, caller);
    }

    WebResponse refused(Problem problem) {
        return host.refused(request, problem);
    }

    /** The member's key, where the body brings it. */
    Optional<MemberKey> key() {
        return body.secret("key").map(MemberKey::parse);
    }

    /** With the key of the body, else with the session that the host keeps open, else without a key. */
    <T> T inSession(Function<Session, T> work) {
        Optional<MemberKey> key = key();
        Optional<Session> kept = key.isPresent() ? Optional.empty() : host.session(request, caller);
        if (kept.isPresent()) {
            return work.apply(kept.get());
        }
        try (Session own =
                key.isPresent() ? member().session(key.get(), request.origin()) : member().session(request.origin())) {
            return work.apply(own);
        }
    }
}
