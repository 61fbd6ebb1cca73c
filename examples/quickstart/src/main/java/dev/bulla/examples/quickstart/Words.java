package dev.bulla.examples.quickstart;

import dev.bulla.error.Actor;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What a person reads in place of codes. Bulla's codes are stable and its messages are for developers; the words are the host's. */
final class Words {
    private Words() {}

    static void tell(Visitor visitor, Landing landing) {
        if (landing.outcome() instanceof Landing.Connected connected) {
            visitor.tell(
                    Html.of("<p class=\"good\">Connected as <strong>%s</strong>.</p>", identity(connected.account())));
        } else if (landing.outcome() instanceof Landing.IdentityDiffers differs) {
            visitor.ask(differs);
        } else if (landing.outcome() instanceof Landing.Failed failed) {
            visitor.tell(Html.of("<p class=\"bad\">%s</p>", of(failed.code())));
        }
    }

    static String identity(ConnectedAccount account) {
        return account.displayName().or(account::subject).orElse("");
    }

    /** Who somebody is at the service, and where the account stands. */
    static Html state(ConnectedAccount account) {
        return Html.of(
                "%s <span class=\"chip %s\">%s</span>",
                identity(account),
                account.ready() ? "enabled" : "disabled",
                account.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    static String of(ConnectError code) {
        return switch (code) {
            case AUTHORIZATION_DENIED -> "Nothing was connected: the request was declined.";
            case SESSION_EXPIRED -> "That took too long or was used already. Please connect again.";
            case TOKEN_EXCHANGE_FAILED -> "The service did not hand out tokens. Please try again.";
            case INVALID_CONFIG -> "The service refuses the app that the owner configured. Tell the owner.";
            default -> "This did not work. Please connect again.";
        };
    }

    static String of(Reason reason) {
        return switch (reason) {
            case GRANT_REVOKED -> "access was ended at the service";
            case GRANT_EXPIRED -> "the permission has run out";
            case KEY_RESET -> "it was sealed to a key that was lost";
            case DISCONNECTED_BY_MEMBER -> "disconnected by the member";
            case DISCONNECTED_BY_OWNER -> "disconnected by the owner";
            default -> reason.code().replace('_', ' ');
        };
    }

    static String of(SealedTo sealedTo) {
        return switch (sealedTo) {
            case HOST -> "sealed to this host, until the member has a key";
            case MEMBER -> "sealed to the member's key";
            case NOBODY -> "no tokens are stored";
        };
    }

    static String of(Revocation revocation) {
        return switch (revocation) {
            case REVOKED -> "The service confirmed that access has ended.";
            case LOCKED ->
                "The tokens were sealed to your key and no session was open, so they are deleted here "
                        + "but still stand at the service. End access there.";
            case SHARED -> "Another account uses the same grant, so it was left alone at the service.";
            case NOT_OFFERED -> "There was nothing to end at the service.";
            case FAILED -> "The service did not answer, so access may still stand there. End it there.";
        };
    }

    static String of(Actor actor) {
        return switch (actor) {
            case MEMBER -> "You can solve this.";
            case OWNER -> "The owner of the connections must act.";
            case HOST -> "Whoever runs this host must act.";
            case PROVIDER -> "The service is at fault; waiting may help.";
        };
    }

    static String ago(Optional<Instant> time) {
        return time.map(then -> span(Duration.between(then, Instant.now())) + " ago")
                .orElse("never");
    }

    static String until(Optional<Instant> time) {
        return time.map(then -> then.isAfter(Instant.now())
                        ? "in " + span(Duration.between(Instant.now(), then))
                        : span(Duration.between(then, Instant.now())) + " ago; it is refreshed when it is needed")
                .orElse("unknown");
    }

    private static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
