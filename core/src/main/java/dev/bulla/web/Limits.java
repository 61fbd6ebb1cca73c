package dev.bulla.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How often somebody may ask. A host with several nodes can count in a place that they share. Implementations are called by many threads,
 * and answer quickly.
 */
@FunctionalInterface
public interface Limits {
    /** What is counted, each kind for itself. */
    enum Action {
        /** A flow is begun, or tokens are refreshed because somebody asked for it. */
        CONNECT,
        /** A browser comes back from a service. */
        CALLBACK,
        /** A member's key is presented. */
        UNLOCK,
        /** Filled-in values go to a service to be checked. */
        FORM,
        /** A service sends something by itself. */
        HOOK,
        /** Everything else. */
        OTHER
    }

    /** Of whom it is counted. */
    enum By {
        /** The address of the peer. */
        ADDRESS,
        /** The member, in whatever session. */
        MEMBER
    }

    /**
     * Counts one.
     *
     * @param who opaque
     * @return how long to wait where it is one too many; empty: go on
     */
    Optional<Duration> take(Action action, By by, String who);

    /** Counts a request: by its address where that is known, and by the member where somebody is logged in. */
    default Optional<Duration> take(Action action, WebRequest request, Optional<Caller> caller) {
        Optional<Duration> wait =
                request.remote().isEmpty() ? Optional.empty() : take(action, By.ADDRESS, request.remote());
        return wait.isPresent() ? wait : caller.flatMap(known -> take(action, known));
    }

    /** Counts an action of a member. */
    default Optional<Duration> take(Action action, Caller caller) {
        return take(action, By.MEMBER, caller.tenant() + '\n' + caller.member());
    }

    /**
     * Counts in the memory of this node: so many at once, and so many more with time.
     *
     * <table>
     * <caption>What goes through</caption>
     * <tr><th></th><th>a member at once</th><th>then one in</th><th>an address at once</th><th>then one in</th></tr>
     * <tr><td>connect</td><td>20</td><td>15 s</td><td>200</td><td>1.5 s</td></tr>
     * <tr><td>callback</td><td>30</td><td>10 s</td><td>300</td><td>1 s</td></tr>
     * <tr><td>unlock</td><td>30</td><td>10 s</td><td>300</td><td>1 s</td></tr>
     * <tr><td>form</td><td>30</td><td>10 s</td><td>300</td><td>1 s</td></tr>
     * <tr><td>webhook</td><td></td><td></td><td>1,200</td><td>0.01 s</td></tr>
     * <tr><td>other</td><td>240</td><td>0.25 s</td><td>2,400</td><td>0.025 s</td></tr>
     * </table>
     *
     * <p>An address stands for everybody behind it, so it may do ten times as much; behind a proxy it is the peer's only where the server
     * is told to take it from the proxy. IPv6 addresses count by their first 64 bits. At most
     * 50,000 members and as many addresses are kept in mind for each kind; those who asked longest ago are forgotten first.
     */
    static Limits standard() {
        return standard(Clock.systemUTC());
    }

    /** The same by another clock. */
    static Limits standard(Clock clock) {
        return new MemoryLimits(clock);
    }

    /** No limits: for a host that has some of its own before its handlers. */
    static Limits none() {
        return (action, by, who) -> Optional.empty();
    }
}
