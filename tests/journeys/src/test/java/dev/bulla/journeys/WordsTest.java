package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.web.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One table of words: whoever is told a code is told the same. */
class WordsTest {
    private static Stream<Obstacle> all() {
        return Stream.of(
                        Stream.of(ErrorCode.values()).map(ErrorCode::advice),
                        Stream.of(Reason.values()).map(Reason::advice),
                        Stream.of(ConnectError.values()).map(ConnectError::advice))
                .flatMap(words -> words);
    }

    @Test
    void everyCodeHasASentence() {
        assertThat(all()).allSatisfy(words -> {
            assertThat(words.sentence()).matches("[A-Z].{10,}\\.");
            assertThat(words.blocks()).isTrue();
            assertThat(words.about()).isEmpty();
        });
    }

    @Test
    void codeSaysTheSameWhereverItStands() {
        Map<String, Obstacle> known = new HashMap<>();
        all().forEach(words -> assertThat(known.merge(words.code(), words, (one, other) -> one))
                .isEqualTo(words));
    }

    @Test
    void placeFitsWhoMustAct() {
        assertThat(all())
                .allSatisfy(words -> assertThat(words.actor())
                        .isIn(
                                switch (words.place()) {
                                    case CONNECTIONS, CONNECTION_FORM, POLICIES -> List.of(Actor.OWNER);
                                    case CHOICE, KEY, MEMBER_FORM -> List.of(Actor.MEMBER);
                                    case CONNECT, WAIT -> List.of(Actor.MEMBER, Actor.PROVIDER);
                                    case SERVICE -> List.of(Actor.MEMBER, Actor.OWNER, Actor.PROVIDER);
                                    case HOST -> List.of(Actor.HOST, Actor.OWNER);
                                }));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void exceptionAndJsonSayTheWordsOfTheCode(ErrorCode code) {
        BullaException thrown = new BullaException(code, "for developers");
        assertThat(thrown.advice()).isEqualTo(code.advice());
        assertThat(code.advice().actor()).isEqualTo(code.actor());
        assertThat(Problem.of(thrown).toResponse().body())
                .contains("\"sentence\":\"" + code.advice().sentence() + "\"")
                .contains("\"where\":\"" + code.advice().place().code() + "\"");
    }

    /** What a service says at the callback, and what becomes of it here. */
    @ParameterizedTest
    @CsvSource({
        "AUTHORIZATION_DENIED, access_denied, MEMBER, CONNECT",
        "AUTHORIZATION_DENIED, invalid_request, OWNER, CONNECTION_FORM",
        "AUTHORIZATION_DENIED, unauthorized_client, OWNER, SERVICE",
        "AUTHORIZATION_DENIED, invalid_scope, OWNER, CONNECTION_FORM",
        "AUTHORIZATION_DENIED, server_error, PROVIDER, WAIT",
        "AUTHORIZATION_DENIED, temporarily_unavailable, PROVIDER, WAIT",
        "AUTHORIZATION_DENIED, login_required, MEMBER, CONNECT",
        "AUTHORIZATION_DENIED, redirect_uri_mismatch, OWNER, SERVICE",
        "AUTHORIZATION_DENIED, unrecognised_error, MEMBER, CONNECT",
        "TOKEN_EXCHANGE_FAILED, invalid_grant, MEMBER, CONNECT",
        "TOKEN_EXCHANGE_FAILED, http_400, MEMBER, CONNECT",
        "TOKEN_EXCHANGE_FAILED, callback_refused, OWNER, CONNECTION_FORM",
        "INVALID_CONFIG, invalid_client, OWNER, CONNECTION_FORM",
        "INVALID_CONFIG, connection_off, OWNER, CONNECTIONS",
        "INVALID_CONFIG, key_required_first, MEMBER, KEY",
        "INVALID_CONFIG, app_gone, MEMBER, CONNECT",
        "SESSION_EXPIRED, state_expired, MEMBER, CONNECT",
        "SESSION_EXPIRED, other_browser, MEMBER, CONNECT",
        "SESSION_EXPIRED, other_member, MEMBER, CONNECT",
        "USERAGENT_NOT_FOUND, connection_gone, OWNER, CONNECTIONS",
        "USERAGENT_NOT_FOUND, member_gone, HOST, HOST",
        "INTERNAL_ERROR, store_unavailable, HOST, HOST",
        "INTERNAL_ERROR, unexpected, HOST, HOST"
    })
    void failedConnectSaysWhoMustActAndWhere(ConnectError code, String detail, Actor actor, Place place) {
        assertThat(new Landing.Failed(code, detail).advice())
                .returns(actor, Obstacle::actor)
                .returns(place, Obstacle::place);
    }
}
