package dev.bulla.explain;

import dev.bulla.error.Actor;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.util.Locale;

/** What is good to know of an account that works. */
enum Hint {
    /** Nothing renews the access, and it has an end. */
    NOT_RENEWABLE(
            Place.CONNECT,
            "The service gave nothing with which this access could be renewed: it ends at the given time, and the account must be"
                    + " connected again then. Where the service gives more for a scope or a setting of the app, the owner can ask for"
                    + " it."),
    /** The date is near after which only a new consent helps. */
    ENDS_SOON(
            Place.CONNECT,
            "The consent ends soon, at the given time. Connecting again helps; for an account that is sealed to the member's key, using"
                    + " it with the key may do."),
    /** The service did not confirm the credential. */
    UNVERIFIED(
            Place.MEMBER_FORM,
            "The service neither confirmed nor refused this key when it was filled in: whether it works is seen at its use.");

    private final Place place;
    private final String sentence;

    Hint(Place place, String sentence) {
        this.place = place;
        this.sentence = sentence;
    }

    Obstacle advice() {
        return Obstacle.of(name().toLowerCase(Locale.ROOT), sentence, Actor.MEMBER, place)
                .blocking(false);
    }
}
