package dev.bulla.model;

import dev.bulla.error.Obstacle;
import dev.bulla.provider.Selection;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a callback ends: always a place to send the browser to (with 303), and what happened.
 *
 * @param location the return address with the described parameters, or the fallback page
 * @param cookies to be set with the redirect
 * @param outcome what happened
 */
public record Landing(URI location, List<Cookie> cookies, Outcome outcome) {
    public Landing {
        cookies = List.copyOf(cookies);
    }

    /** What a callback or a submitted form led to. */
    public sealed interface Outcome {}

    /** The account is stored. */
    public record Connected(ConnectedAccount account) implements Outcome {}

    /**
     * The account is stored, and the member can choose what it stands for: must, where {@code account.ready()} is false. The choice is
     * open for 15 minutes, and later again in a session.
     *
     * <p>What the choice needs is sealed to the ticket, so that no member key is asked for.
     *
     * @param account as stored
     * @param ticket give it to {@code options} and {@code choose}; keep it in the host's session, not in a URL
     * @param steps what is to be chosen, one after the other
     */
    public record Choosing(ConnectedAccount account, String ticket, List<Selection.Step> steps) implements Outcome {
        public Choosing {
            steps = List.copyOf(steps);
        }

        @Override
        public String toString() {
            return "Choosing[]";
        }
    }

    /**
     * The member came back with another identity than before; nothing has changed. The choice is open for 15 minutes.
     *
     * <p>What came back is sealed to the ticket: without it nobody opens it, Bulla included. So whoever shows the member a question
     * sends the answer too, be it no; where no answer comes, the new tokens can not be revoked and live at the service until they
     * run out or the member ends them there.
     *
     * @param connection name of the connection
     * @param ticket give it to {@code confirmIdentity}; keep it in the host's session, not in a URL
     * @param before the identity that is connected
     * @param now the identity that came back
     */
    public record IdentityDiffers(String connection, String ticket, Optional<String> before, String now)
            implements Outcome {
        @Override
        public String toString() {
            return "IdentityDiffers[]";
        }
    }

    /**
     * Nothing was stored.
     *
     * @param code the code in the return address
     * @param detail the precise reason, for the host's log; never free text of the other side
     * @param advice what it means to people
     */
    public record Failed(ConnectError code, String detail, Obstacle advice) implements Outcome {
        public Failed(ConnectError code, String detail) {
            this(code, detail, FailureDetail.advice(code, detail));
        }
    }

    @Override
    public String toString() {
        return "Landing[" + outcome.getClass().getSimpleName() + "]";
    }
}
