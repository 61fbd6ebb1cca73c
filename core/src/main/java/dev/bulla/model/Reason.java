package dev.bulla.model;

import dev.bulla.error.Actor;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.util.Locale;

/** Why an account has its status. {@link #code()} is stable. */
public enum Reason {
    SELECTION_PENDING(ErrorCode.SELECTION_PENDING),
    /** The service refused the grant. */
    GRANT_REVOKED(
            Actor.MEMBER,
            Place.CONNECT,
            "The service no longer accepts the consent: it was withdrawn there, or ended with a password, a role or the app. Connecting again helps."),
    /** The grant's own time is over, or there is no refresh token and the access token has ended. */
    GRANT_EXPIRED(
            Actor.MEMBER,
            Place.CONNECT,
            "The consent has come to its end, or there is no means to renew the access. Connecting again helps."),
    /** A refresh was sent, its outcome never became known, and the one repetition that is allowed did not help. */
    OUTCOME_UNKNOWN(
            Actor.MEMBER,
            Place.CONNECT,
            "Renewing the access was cut off, and could not be made good. Connecting again helps."),
    /** Fewer scopes were granted than asked for. */
    SCOPES_MISSING(
            Actor.MEMBER,
            Place.CONNECT,
            "Fewer permissions were granted than the connection asks for. Connecting again, and agreeing to all of them, helps."),
    /** The service refuses the connection's client id or secret. The account stays as it is and is tried again by itself. */
    APP_REFUSED(ErrorCode.APP_REFUSED),
    /** The app registration that issued the tokens is gone. */
    APP_GONE(
            Actor.MEMBER,
            Place.CONNECT,
            "The app with which this account was connected is no longer set up here. Connecting again helps."),
    /** The owner retired the app registration that issued the tokens. */
    APP_RETIRED(
            Actor.MEMBER,
            Place.CONNECT,
            "The owner retired the app with which this account was connected. Connecting again helps."),
    /** The endpoints are no longer those that the tokens were given for. */
    ENDPOINT_CHANGED(
            Actor.MEMBER,
            Place.CONNECT,
            "The connection leads to another address of the service than the one that this account was connected for. Connecting again helps."),
    /** The member lost the key and reset it. */
    KEY_RESET(
            Actor.MEMBER,
            Place.CONNECT,
            "The member's key was lost and given up, and what was sealed to it with it. Connecting again helps."),
    /** The owner asked for a new consent. */
    OWNER_ASKED(
            Actor.MEMBER, Place.CONNECT, "The owner of the connection asks for a new consent. Connecting again helps."),
    DISCONNECTED_BY_MEMBER(
            Actor.MEMBER, Place.CONNECT, "The member disconnected this account. It can be connected again."),
    DISCONNECTED_BY_OWNER(
            Actor.MEMBER,
            Place.CONNECT,
            "The owner of the connection disconnected this account. It can be connected again.");

    private final Obstacle advice;

    Reason(Actor actor, Place place, String sentence) {
        advice = Obstacle.of(name().toLowerCase(Locale.ROOT), sentence, actor, place);
    }

    /** One that callers are told by an error of its own. */
    Reason(ErrorCode same) {
        advice = same.advice();
    }

    /** What it means to people. */
    public Obstacle advice() {
        return advice;
    }

    /** The stable code: the name in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
