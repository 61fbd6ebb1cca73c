package dev.bulla.crashes;

import dev.bulla.crashes.RefreshPoint.Left;

/**
 * What must become of an account and of the refresh token that it was connected with, by the rules alone: what the dead left, what
 * the service allows, and which times are over.
 */
final class Expected {
    private final Service service;
    private int announced;
    private int redeemed;
    private boolean stored;
    private boolean givenUp;

    Expected(Service service) {
        this.service = service;
    }

    /** A process died and left this. */
    void died(Left left) {
        announced += left == Left.NOTHING ? 0 : 1;
        redeemed += left == Left.REDEEMED || left == Left.STORED ? 1 : 0;
        stored |= left == Left.STORED;
    }

    /** As it was found after a process had died anywhere. */
    void found(int announcedThen, int redeemedThen, boolean storedThen) {
        announced = announcedThen;
        redeemed = redeemedThen;
        stored = storedThen;
    }

    /** A process stopped before it sent, and took back what it had announced. */
    void takenBack() {
        announced--;
    }

    /** Somebody uses the account, and nobody dies. */
    void used(boolean ended, boolean graceOpen) {
        if (stored || givenUp) {
            return;
        }
        if (mayBeSent(ended, graceOpen)) {
            stored = isAnswered(graceOpen);
            givenUp = !stored;
            redeemed++;
        } else if (ended) {
            givenUp = true;
        }
    }

    /** Whether a process that uses the ended account comes to this point. */
    boolean leadsTo(RefreshPoint point, boolean graceOpen) {
        return !stored && !givenUp && mayBeSent(true, graceOpen) && (!point.needsAnAnswer() || isAnswered(graceOpen));
    }

    private boolean mayBeSent(boolean ended, boolean graceOpen) {
        return announced == 0
                || service == Service.STATIC
                || (announced == 1 && (ended || (service == Service.GRACE && graceOpen)));
    }

    private boolean isAnswered(boolean graceOpen) {
        return redeemed == 0 || service == Service.STATIC || (service == Service.GRACE && graceOpen);
    }

    boolean isStored() {
        return stored;
    }

    /** The account's status where it is active, else the reason. */
    String standing() {
        return givenUp ? Person.GIVEN_UP : "ACTIVE";
    }

    int redeemed() {
        return redeemed;
    }
}
