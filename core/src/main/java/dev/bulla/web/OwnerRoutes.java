package dev.bulla.web;

import static dev.bulla.web.Endpoint.owner;

import dev.bulla.Connections;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Connection;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An owner's connections. What is secret goes in and never comes out. */
final class OwnerRoutes {
    private OwnerRoutes() {}

    static final List<Endpoint> ALL = List.of(
            owner("GET", "connections", OwnerRoutes::list),
            owner("POST", "connections", OwnerRoutes::create),
            owner(
                    "GET",
                    "connections/{connection}",
                    call -> view(call.connections().get(call.connection())).ok()),
            owner("PATCH", "connections/{connection}", OwnerRoutes::save),
            owner("DELETE", "connections/{connection}", OwnerRoutes::delete),
            owner(
                    "GET",
                    "connections/{connection}/form",
                    call -> FormJson.of(call.connections().form(call.connection()))
                            .ok()),
            owner("PATCH", "connections/{connection}/form", OwnerRoutes::fill),
            owner("POST", "connections/{connection}/enable", call -> {
                call.body().only();
                return view(call.connections().enable(call.connection())).ok();
            }),
            owner("POST", "connections/{connection}/disable", call -> {
                call.body().only();
                return view(call.connections().disable(call.connection())).ok();
            }),
            owner(
                    "GET",
                    "connections/{connection}/accounts",
                    call -> new Fields()
                            .each(
                                    "accounts",
                                    call.connections()
                                            .accounts(call.connection())
                                            .all(),
                                    AccountView::withMember)
                            .ok()),
            owner("POST", "connections/{connection}/reconnect", call -> {
                call.body().only();
                return new Fields()
                        .each("accounts", call.connections().askToReconnect(call.connection()), AccountView::withMember)
                        .ok();
            }),
            owner("GET", "connections/{connection}/old-apps", OwnerRoutes::oldApps),
            owner("POST", "connections/{connection}/old-apps/retire", call -> {
                call.body().only();
                return new Fields()
                        .each("accounts", call.connections().retireOldApps(call.connection()), AccountView::withMember)
                        .ok();
            }),
            owner("POST", "members/remove", OwnerRoutes::removeMember));

    private static WebResponse list(Call call) {
        Connections connections = call.connections();
        return new Fields()
                .each("connections", connections.list(), OwnerRoutes::view)
                .put("setupRequired", connections.setupRequired())
                .ok();
    }

    private static WebResponse create(Call call) {
        Body body = call.body().only("name", "provider", "mode");
        String name = body.needed("name");
        String provider = body.needed("provider");
        if (ProviderRoutes.find(call, provider).isEmpty()) {
            throw refused("'provider' is not one of those that there are");
        }
        Optional<Mode> mode = body.text("mode").map(OwnerRoutes::mode);
        return view(mode.isPresent()
                        ? call.connections().create(name, provider, mode.get())
                        : call.connections().create(name, provider))
                .answer(201);
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused("'mode' is not one of those that there are"));
    }

    private static WebResponse save(Call call) {
        Body body = call.body().only("fields", "secrets", "scopes", "required", "memberKeyFirst");
        Settings settings = Settings.none();
        for (Map.Entry<String, String> field :
                body.texts("fields").orElse(Map.of()).entrySet()) {
            settings = settings.with(field.getKey(), field.getValue());
        }
        for (Map.Entry<String, String> secret :
                body.texts("secrets").orElse(Map.of()).entrySet()) {
            if (secret.getValue().isEmpty()) {
                throw refused("a secret has a value");
            }
            settings = settings.withSecret(secret.getKey(), secret.getValue());
        }
        if (body.has("scopes")) {
            settings = settings.scopes(body.list("scopes").orElse(List.of()).toArray(new String[0]));
        }
        if (body.has("required")) {
            settings = settings.required(body.flag("required").orElse(false));
        }
        if (body.has("memberKeyFirst")) {
            settings = settings.memberKeyFirst(body.flag("memberKeyFirst").orElse(false));
        }
        return saved(call.connections().save(call.connection(), settings));
    }

    private static WebResponse fill(Call call) {
        Map<String, String> values =
                call.body().only("values").texts("values").orElseThrow(() -> refused("'values' is missing"));
        return saved(call.connections().fill(call.connection(), values));
    }

    private static WebResponse saved(Saved saved) {
        return new Fields()
                .put("connection", view(saved.connection()))
                .put("ignored", saved.ignored())
                .put("refused", saved.refused())
                .ok();
    }

    /** Accounts are ended only where the request says so. */
    private static WebResponse delete(Call call) {
        call.body().only();
        if (!call.parameter("accounts").equals("end")) {
            call.connections().delete(call.connection());
            return new Fields().each("ended", List.of(), each -> new Fields()).ok();
        }
        return new Fields()
                .each(
                        "ended",
                        call.connections().deleteWithAccounts(call.connection()).entrySet(),
                        AccountView::endedOfMember)
                .ok();
    }

    private static WebResponse oldApps(Call call) {
        Connections.OldApps old = call.connections().oldApps(call.connection());
        return new Fields()
                .put("clientIds", old.clientIds())
                .each("accounts", old.accounts(), AccountView::withMember)
                .ok();
    }

    private static WebResponse removeMember(Call call) {
        String member = call.body().only("member").needed("member");
        return new Fields().put("accounts", call.member(member).remove()).ok();
    }

    private static Fields view(Connection connection) {
        return new Fields()
                .put("name", connection.name())
                .put("provider", connection.provider())
                .put("mode", connection.mode().name())
                .put("enabled", connection.enabled())
                .put("usable", connection.usable())
                .put("required", connection.required())
                .put("memberKeyFirst", connection.memberKeyFirst())
                .put("revision", connection.revision())
                .maybe("clientId", connection.clientId())
                .put("scopes", connection.scopes())
                .put("fields", connection.fields())
                .put("secrets", connection.secrets())
                .put("missing", connection.missing())
                .maybe("redirectUri", connection.redirectUriIfAny().map(URI::toString));
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
