package dev.bulla.model;

import dev.bulla.error.Actor;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.util.Locale;

/** Codes that a return address may carry. */
public enum ConnectError {
    /** The callback lacks code or state, or carries one of them twice. */
    MISSING_PARAMS(
            Actor.PROVIDER, Place.CONNECT, "The service came back without what is needed. Beginning again helps."),
    /** The member or the service said no. */
    AUTHORIZATION_DENIED(
            Actor.MEMBER,
            Place.CONNECT,
            "The service ended the connecting without giving access. Beginning again, and agreeing, helps."),
    /** The flow is over, used, unknown, or belongs to another browser or member: start again. */
    SESSION_EXPIRED(ErrorCode.SESSION_EXPIRED),
    /** The service did not give tokens for the code. */
    TOKEN_EXCHANGE_FAILED(
            Actor.MEMBER,
            Place.CONNECT,
            "The service gave no access for the consent. Beginning again helps; where it fails each time, the owner must compare the connection with its app at the service."),
    /** Tenant, member or connection are gone, or never were. */
    USERAGENT_NOT_FOUND(Actor.OWNER, Place.CONNECTIONS, "What was to be connected is gone here, or never was."),
    /** The connection is switched off or its app registration is refused. */
    INVALID_CONFIG(
            Actor.OWNER,
            Place.CONNECTION_FORM,
            "The connection is not set up as it must be. Its owner can put it right."),
    /** The values of a form are refused. */
    FORM_REFUSED(ErrorCode.FORM_REFUSED),
    /** Another identity came back: the member must say yes first. */
    IDENTITY_DIFFERS(
            Actor.MEMBER,
            Place.CONNECT,
            "Another account came back than the one that is connected. The member must say whether it takes its place."),
    /** There is nothing that the account could stand for. Return addresses carry the provider's own word for it, such as {@code no_pages}. */
    NOTHING_TO_CHOOSE(
            Actor.MEMBER,
            Place.SERVICE,
            "The account has nothing at the service that could be connected, or showed nothing of it. Connecting again and choosing there, or another account, helps."),
    /** What was chosen is not there to choose. */
    SELECTION_UNKNOWN(Actor.MEMBER, Place.CHOICE, "What was chosen is not there to choose any more."),
    /** Nothing was chosen where something must be. */
    SELECTION_MISSING(Actor.MEMBER, Place.CHOICE, "Something must be chosen."),
    /** More was chosen than the service takes; the former choice stays. */
    SELECTION_TOO_MANY(Actor.MEMBER, Place.CHOICE, "More was chosen than can be. The former choice stays."),
    INTERNAL_ERROR(
            Actor.HOST, Place.HOST, "Something went wrong in the application. Its operator finds it in the log.");

    private final Obstacle advice;

    ConnectError(Actor actor, Place place, String sentence) {
        advice = Obstacle.of(name().toLowerCase(Locale.ROOT), sentence, actor, place);
    }

    /** One that callers are told by an error of its own. */
    ConnectError(ErrorCode same) {
        advice = same.advice();
    }

    /** What it means to people; {@link Landing.Failed#advice} is more precise. */
    public Obstacle advice() {
        return advice;
    }

    /** The code as it stands in the return address. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
