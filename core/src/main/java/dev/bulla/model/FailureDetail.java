package dev.bulla.model;

import dev.bulla.error.Actor;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the details of a failed connect mean to people: those of the protocol (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core
 * section 3.1.2.6), and our own.
 */
final class FailureDetail {
    private static final Map<String, Obstacle> WORDS = new LinkedHashMap<>();

    static {
        member(
                "access_denied",
                "The service says that access was not granted: it was declined, or this account may not use the app. Connecting again,"
                        + " and agreeing, helps.");
        for (String asks :
                new String[] {"interaction_required", "login_required", "consent_required", "account_selection_required"
                }) {
            member(
                    asks,
                    "The service wants the member to sign in there, or to agree in person. Connecting again helps.");
        }
        member("identity_declined", "The member said no to another account. Nothing has changed.");
        member(
                "invalid_grant",
                "The service does not take the consent: it came back too late or twice, or for another redirect URI. Connecting again"
                        + " helps; where it fails each time, the owner must compare the redirect URI.");
        member("state_expired", "Connecting took longer than a quarter of an hour. Beginning again helps.");
        member(
                "state_used",
                "This consent was brought back once already. Where the account is not connected, beginning again helps.");
        member(
                "other_member",
                "Another person is logged in here than the one who began to connect. Beginning again as that person helps.");
        member(
                "other_browser",
                "Connecting was begun in another browser, or this one lost its cookie. Beginning again, and ending in the same"
                        + " browser, helps.");
        member("account_changed", "The account was changed in the meantime. Beginning again helps.");
        member(
                "address_missing",
                "The service does not say where the data of this account is. Another account, or connecting again later, helps.");
        owner(
                "invalid_request",
                Place.CONNECTION_FORM,
                "The service did not understand how it was asked: client ID, redirect URI and scopes must be those of the app there.");
        owner(
                "unauthorized_client",
                Place.SERVICE,
                "The service does not let this app ask for access: it must be set up, approved or published there.");
        owner(
                "unsupported_response_type",
                Place.SERVICE,
                "The app is not set up at the service for web applications with an authorization code.");
        owner(
                "invalid_scope",
                Place.CONNECTION_FORM,
                "The connection asks for a scope that the service does not know, or does not give to this app. The owner can leave it"
                        + " out, or add it to the app.");
        owner(
                "redirect_uri_mismatch",
                Place.SERVICE,
                "The redirect URI that the app has at the service is not the one of this connection, letter by letter.");
        owner(
                "issuer_differs",
                Place.CONNECTION_FORM,
                "The answer names another server than the one that was asked. The owner must compare the connection's address.");
        owner(
                "issuer_missing",
                Place.CONNECTION_FORM,
                "The answer does not name its server, as it must. The owner must compare the connection's address.");
        owner(
                "callback_refused",
                Place.CONNECTION_FORM,
                "What came back is not signed as the service signs it: client secret and instance must be those of the app, and the"
                        + " application's clock must be right.");
        for (String passing : new String[] {"server_error", "temporarily_unavailable"}) {
            add(passing, Actor.PROVIDER, Place.WAIT, "Something went wrong at the service. Trying again later helps.");
        }
        add("member_gone", Actor.HOST, Place.HOST, "The application no longer knows this member.");
        same("connection_gone", ErrorCode.CONNECTION_UNKNOWN);
        same("connection_off", ErrorCode.NOT_ENABLED);
        same("invalid_client", ErrorCode.APP_REFUSED);
        for (Reason reason : new Reason[] {Reason.APP_GONE, Reason.ENDPOINT_CHANGED}) {
            WORDS.put(reason.code(), reason.advice());
        }
    }

    private FailureDetail() {}

    private static void member(String detail, String sentence) {
        add(detail, Actor.MEMBER, Place.CONNECT, sentence);
    }

    private static void owner(String detail, Place place, String sentence) {
        add(detail, Actor.OWNER, place, sentence);
    }

    private static void add(String detail, Actor actor, Place place, String sentence) {
        WORDS.put(detail, Obstacle.of(detail, sentence, actor, place));
    }

    private static void same(String detail, ErrorCode code) {
        WORDS.put(detail, code.advice());
    }

    /** The words of the detail, of the error whose name it is, or of the code. */
    static Obstacle advice(ConnectError code, String detail) {
        Obstacle known = WORDS.get(detail);
        if (known != null) {
            return known;
        }
        return Stream.of(ErrorCode.values())
                .filter(error -> error.name().equals(detail.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(ErrorCode::advice)
                .orElseGet(code::advice);
    }
}
