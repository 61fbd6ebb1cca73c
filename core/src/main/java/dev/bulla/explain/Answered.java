package dev.bulla.explain;

import dev.bulla.error.Actor;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Symptom;
import java.util.List;
import java.util.Optional;

/** What an answer of a service's API means to people: what the provider knows of it, else what its status says. */
public final class Answered {
    private static final Obstacle FORBIDDEN = Obstacle.of(
            "forbidden",
            "The service does not allow this to the account: a permission, a role or a plan is missing. Where a permission was left out at"
                    + " the consent, connecting again helps.",
            Actor.MEMBER,
            Place.CONNECT);

    private Answered() {}

    /** Empty for a success, and where nobody but the caller knows. */
    public static Optional<Obstacle> advice(Provider provider, HttpAnswer answer) {
        Optional<Obstacle> known = Symptom.in(provider, answer)
                .map(symptom -> symptom.obstacle(provider))
                .map(obstacle -> obstacle.place() == Place.WAIT ? withPause(obstacle, answer) : obstacle);
        return known.or(() -> byStatus(answer));
    }

    private static Optional<Obstacle> byStatus(HttpAnswer answer) {
        int status = answer.status();
        if (status == 401) {
            return Optional.of(ErrorCode.GRANT_REFUSED.advice());
        }
        if (status == 403) {
            return Optional.of(FORBIDDEN);
        }
        return status == 429 || status >= 500
                ? Optional.of(withPause(ErrorCode.PROVIDER_UNAVAILABLE.advice(), answer))
                : Optional.empty();
    }

    private static Obstacle withPause(Obstacle obstacle, HttpAnswer answer) {
        return answer.header("retry-after")
                .filter(pause -> pause.matches("[0-9]{1,9}"))
                .map(seconds -> obstacle.about(List.of(seconds + " s")))
                .orElse(obstacle);
    }
}
