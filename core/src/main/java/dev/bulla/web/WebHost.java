package dev.bulla.web;

import dev.bulla.Session;
import dev.bulla.model.Landing;
import java.util.Optional;

/** What the host knows and the handlers do not. Implementations are called by many threads. */
public interface WebHost {
    /** Who is logged in; empty: nobody. */
    Optional<Caller> caller(WebRequest request);

    /** Whether a request that changes something came from a page of this host: its own protection against cross-site request forgery. */
    boolean isTrusted(WebRequest request);

    /** What a page puts into its forms, so that {@link #isTrusted} says yes to them. Empty: the host needs nothing in the form. */
    default Optional<FormToken> formToken(WebRequest request) {
        return Optional.empty();
    }

    /**
     * A callback has ended; the browser is on its way to {@link Landing#location}. Here a host keeps the ticket of {@link
     * Landing.IdentityDiffers} or {@link Landing.Choosing} in its own session, in order to ask the member, and writes its audit log.
     */
    default void landed(WebRequest request, Caller caller, Landing landing) {}

    /** The caller's open session, if there is one: with it a disconnect can end member-sealed tokens at the service too. */
    default Optional<Session> session(WebRequest request, Caller caller) {
        return Optional.empty();
    }

    /**
     * Whether the member has proven, just now, who is asking: by the password once more, say. Asked before a lost key is reset, which
     * clears what is sealed to it for ever.
     */
    default boolean isProven(WebRequest request, Caller caller) {
        return true;
    }

    /** How a refusal is shown; JSON where the host says nothing else. */
    default WebResponse refused(WebRequest request, Problem problem) {
        return problem.toResponse();
    }
}
