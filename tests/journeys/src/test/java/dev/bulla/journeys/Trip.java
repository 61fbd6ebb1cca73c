package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.service.AuthorizationRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A flow whose browser is on its way back. Tests bend what it brings. */
record Trip(ConnectStep.Redirect step, URI callback) {
    /** The user agrees to everything. */
    static Trip agreed(AuthorizationServer server, ConnectStep.Redirect step, String user) {
        AuthorizationRequest request = server.service().authorization(parameters(step.location()));
        return new Trip(step, server.service().approve(request, user, request.scopes()));
    }

    /** The user agrees to these scopes. */
    static Trip agreed(AuthorizationServer server, ConnectStep.Redirect step, String user, String... scopes) {
        AuthorizationRequest request = server.service().authorization(parameters(step.location()));
        return new Trip(step, server.service().approve(request, user, List.of(scopes)));
    }

    /** The parameters of an address, decoded. */
    static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : String.valueOf(uri.getRawQuery()).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    String parameter(String name) {
        return parameters(callback).get(name);
    }

    CallbackRequest request() {
        return World.callback(callback, step);
    }

    /** With another raw query. */
    CallbackRequest query(String raw) {
        return CallbackRequest.of(callback.getPath(), raw, World.cookies(step));
    }

    /** With something appended to the query, raw. */
    CallbackRequest adding(String raw) {
        return query(callback.getRawQuery() + "&" + raw);
    }

    CallbackRequest without(String name) {
        return query(List.of(callback.getRawQuery().split("&")).stream()
                .filter(pair -> !pair.startsWith(name + "="))
                .collect(Collectors.joining("&")));
    }

    CallbackRequest with(String name, String raw) {
        return query(without(name).query() + "&" + name + "=" + raw);
    }

    /** At another path below the base. */
    CallbackRequest at(URI redirectUri) {
        return CallbackRequest.of(redirectUri.getPath(), callback.getRawQuery(), World.cookies(step));
    }

    CallbackRequest from(Map<String, String> cookies) {
        return CallbackRequest.of(callback.getPath(), callback.getRawQuery(), cookies);
    }

    static void assertFailed(Landing landing, ConnectError code, String detail) {
        Landing.Failed failed = (Landing.Failed) landing.outcome();
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.detail()).isEqualTo(detail);
        assertThat(landing.location().getHost()).isEqualTo("app.example.com");
        assertThat(landing.location().getRawQuery()).contains("_error=" + code.code());
    }

    static void assertConnected(Landing landing) {
        assertConnected(landing.outcome());
    }

    static void assertConnected(Landing.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Landing.Connected.class);
    }
}
