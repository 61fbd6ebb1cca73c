package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;

import dev.bulla.IssuedKey;
import dev.bulla.MemberKeys;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import java.util.List;
import java.util.Map;

/** The member's own key. A new one is told once, to the member alone. */
final class KeyRoutes {
    private KeyRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "key", KeyRoutes::status),
            member("POST", "key/issue", KeyRoutes::issue),
            member("POST", "key/rotate", KeyRoutes::rotate),
            member("POST", "key/confirm", KeyRoutes::confirm),
            member("POST", "key/revoke", KeyRoutes::revoke),
            member("POST", "key/reset", KeyRoutes::reset));

    private static WebResponse status(Call call) {
        MemberKeys keys = call.member().keys();
        Fields fields = new Fields().put("offered", keys.isOffered());
        keys.status()
                .ifPresent(status -> fields.put("number", status.number())
                        .put("since", status.since().toString())
                        .put("fingerprint", status.fingerprint()));
        return fields.put("active", keys.status().isPresent()).ok();
    }

    private static WebResponse issue(Call call) {
        call.body().only();
        return told(call.member().keys().issue());
    }

    private static WebResponse rotate(Call call) {
        call.body().only("key");
        return told(call.member().keys().rotate(key(call)));
    }

    private static WebResponse told(IssuedKey issued) {
        return new Fields().put("key", issued.text()).ok();
    }

    private static WebResponse confirm(Call call) {
        call.body().only("key");
        call.member().keys().confirm(key(call));
        return status(call);
    }

    private static WebResponse revoke(Call call) {
        call.body().only("key");
        Map<ConnectedAccount, Disconnected> ended = call.member().keys().revoke(key(call));
        return new Fields()
                .each("ended", ended.entrySet(), each -> AccountView.ended(each.getKey(), each.getValue()))
                .ok();
    }

    private static WebResponse reset(Call call) {
        call.body().only();
        if (!call.isProven()) {
            return call.refused(Problem.PROOF_REQUIRED);
        }
        return new Fields()
                .each("cleared", call.member().keys().reset(), AccountView::of)
                .ok();
    }

    private static MemberKey key(Call call) {
        return call.key().orElseThrow(() -> new BullaException(ErrorCode.KEY_REQUIRED, "'key' is missing"));
    }
}
