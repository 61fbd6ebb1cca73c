package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;

import dev.bulla.Connections;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Refreshed;
import dev.bulla.provider.Provider;
import dev.bulla.web.Limits.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What there is to connect, and connecting and ending it. */
final class ConnectRoutes {
    private ConnectRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "connections", ConnectRoutes::list),
            member("GET", "connections/{connection}", ConnectRoutes::one),
            member("POST", "connections/{connection}/connect", Action.CONNECT, ConnectRoutes::connect),
            member("POST", "connections/{connection}/refresh", Action.CONNECT, ConnectRoutes::refresh),
            member("POST", "connections/{connection}/disconnect", ConnectRoutes::disconnect));

    private static WebResponse list(Call call) {
        return new Fields()
                .each("connections", all(call).values(), Function.identity())
                .ok();
    }

    private static WebResponse one(Call call) {
        Fields found = all(call).get(call.connection());
        if (found == null) {
            throw new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name");
        }
        return found.ok();
    }

    /** What the member can connect, and what the member has accounts on, by name. */
    private static Map<String, Fields> all(Call call) {
        Map<String, List<ConnectedAccount>> accounts =
                call.member().accounts().stream().collect(Collectors.groupingBy(ConnectedAccount::connection));
        Connections connections = call.connections();
        Map<String, Provider> providers = connections.providers().stream()
                .collect(Collectors.toMap(Provider::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Set<String> connectable =
                call.member().connectable().stream().map(Connection::name).collect(Collectors.toSet());
        Map<String, Fields> all = new TreeMap<>();
        for (Connection connection : connections.list()) {
            boolean usable = connectable.contains(connection.name());
            if (usable || accounts.containsKey(connection.name())) {
                all.put(
                        connection.name(),
                        view(
                                connection,
                                Optional.ofNullable(providers.get(connection.provider())),
                                usable,
                                accounts.getOrDefault(connection.name(), List.of())));
            }
        }
        return all;
    }

    private static Fields view(
            Connection connection, Optional<Provider> provider, boolean usable, List<ConnectedAccount> accounts) {
        return new Fields()
                .put("connection", connection.name())
                .put("provider", connection.provider())
                .put("title", provider.map(Provider::displayName).orElse(connection.provider()))
                .put("mode", connection.mode().name())
                .put("usable", usable)
                .put("keyRequiredFirst", connection.memberKeyFirst())
                .put(
                        "choice",
                        provider.map(whole -> whole.in(connection.mode()))
                                .flatMap(Provider::selection)
                                .isPresent())
                .each("accounts", accounts, AccountView::of);
    }

    /** The form of a page is taken too, with the host's own fields beside ours, so that a button needs no script. */
    private static WebResponse connect(Call call) {
        Body body = call.body().isForm() ? call.body() : call.body().only("label", "returnTo");
        String returnTo = body.text("returnTo")
                .orElseGet(() -> call.bulla().fallbackPage().toString());
        ConnectStep step = call.member().connect(call.connection(), call.label(), returnTo);
        if (step instanceof ConnectStep.Redirect redirect && body.isForm()) {
            return WebResponse.redirect(redirect.location()).cookie(redirect.cookie());
        }
        if (step instanceof ConnectStep.Redirect redirect) {
            return new Fields()
                    .put("location", redirect.location().toString())
                    .ok()
                    .cookie(redirect.cookie());
        }
        return new Fields()
                .each("form", ((ConnectStep.Form) step).fields(), FormJson::field)
                .ok();
    }

    private static WebResponse refresh(Call call) {
        call.body().only("label", "key");
        Refreshed refreshed = call.inSession(session -> session.refresh(call.connection(), call.label()));
        Fields fields = new Fields().put("connection", call.connection()).maybe("label", call.label());
        List<ConnectedAccount> accounts = new ArrayList<>(call.member().accounts());
        accounts.removeIf(account -> !account.connection().equals(call.connection())
                || !account.label().equals(call.label()));
        fields.put("refresh", refreshed.name());
        accounts.forEach(account -> fields.put("account", AccountView.of(account)));
        return fields.ok();
    }

    private static WebResponse disconnect(Call call) {
        call.body().only("label", "key");
        Disconnected ended = call.inSession(session -> session.disconnect(call.connection(), call.label()));
        return new Fields()
                .put("connection", call.connection())
                .maybe("label", call.label())
                .and(AccountView.of(ended))
                .ok();
    }
}
