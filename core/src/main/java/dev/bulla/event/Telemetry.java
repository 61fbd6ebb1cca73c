package dev.bulla.event;

import java.time.Duration;

/**
 * Is told what merely happened: counts and durations that no row keeps, beside the events of a {@link BullaListener}. Nothing names a
 * tenant, member, connection or account, so that all of it can be a tag.
 *
 * <p>Apart from {@link #on}, it is called by the threads that do the work: it returns at once. What it throws is logged once by class
 * name, and ignored. Implementations are thread-safe.
 */
public interface Telemetry extends BullaListener {
    /** How a refresh of this JVM ended. */
    enum Refresh {
        /** Fresh tokens were received and stored. */
        REFRESHED,
        /** Somebody else had stored newer contents. */
        MOVED,
        /** Nothing is newer, and the present token may be used while it lives. */
        KEPT,
        /** The account can not be used now. */
        FAILED
    }

    /** What became of an account that a sweep took; see {@link dev.bulla.Maintenance.Swept}. */
    enum Swept {
        REFRESHED,
        MOVED,
        KEPT,
        FAILED,
        LEFT_OUT
    }

    /** What became of a request at the address of a webhook. */
    enum Webhook {
        /** It was taken, to be told to the listeners. */
        ACCEPTED,
        /** It had come before, and was answered as if it had not. */
        REPEATED,
        /** A service asked whether it is the right address, and was answered. */
        CHALLENGED,
        /** It proved nothing, or there is no such address, or its connection is off. */
        REFUSED,
        /** There was no room for it, or no database: the service is to send it again. */
        DEFERRED
    }

    /** As {@link BullaListener#on}; the usual thread, order and limits. */
    @Override
    default void on(BullaEvent event) {}

    /** A refresh of one account ended, however many callers waited for it. */
    default void refresh(String provider, Refresh outcome, Duration took) {}

    /**
     * A request to a provider's token endpoint ended.
     *
     * @param outcome {@code 2xx}, {@code 4xx} and so on; {@code not_sent}, or {@code unknown} where no usable answer came
     */
    default void tokenRequest(String provider, String outcome, Duration took) {}

    /** A claim that was not got: somebody else, here or on another node, was quicker. */
    default void lostRace(String provider) {}

    /** Callers who wanted a refresh and needed none of their own: they joined one, or found newer contents. */
    default void suppressed(String provider, int callers) {}

    /** A call to a provider's API was answered. */
    default void apiCall(String provider, int status, Duration took) {}

    /** Connecting an account failed; {@code error} is a code of {@link dev.bulla.model.ConnectError}. */
    default void connectFailed(String error) {}

    /** A sweep is done with one of the accounts that it took: each is told once, so their sum is the number of candidates. */
    default void swept(String provider, Swept outcome) {}

    /**
     * A round of a {@link dev.bulla.Sweeper}, or a call of {@code refreshDue}, ended.
     *
     * @param whole false where the database went away, or something unexpected ended it
     */
    default void sweepEnded(boolean whole, Duration took) {}

    /** A request came to the address of a webhook; {@code provider} is empty where there is no such address. */
    default void webhook(String provider, Webhook outcome) {}

    /** A listener failed over a webhook. */
    default void webhookUnheard(String provider) {}

    /** An event was dropped, because a listener is too slow. */
    default void eventDropped() {}

    /** An entry of the audit was dropped: a sink takes none, or too few. */
    default void auditDropped() {}

    /** A sink of the audit failed, and is tried again. */
    default void auditFailed() {}
}
