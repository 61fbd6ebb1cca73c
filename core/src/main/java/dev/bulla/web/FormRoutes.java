package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FilledRows;
import dev.bulla.web.Limits.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The forms of a member's accounts. */
final class FormRoutes {
    private FormRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("GET", "connections/{connection}/form", FormRoutes::view),
            member("POST", "connections/{connection}/form/view", FormRoutes::view),
            member("PUT", "connections/{connection}/form", Action.FORM, FormRoutes::submit),
            member("PATCH", "connections/{connection}/form", Action.FORM, FormRoutes::fill));

    private static WebResponse view(Call call) {
        call.body().only("key");
        return call.inSession(session -> FormJson.of(session.forms().view(call.connection())))
                .ok();
    }

    /** In place of everything that was filled in before. */
    private static WebResponse submit(Call call) {
        Map<String, String> values = values(call.body().only("label", "values"));
        return AccountView.of(call.member().submit(call.connection(), call.label(), values))
                .ok();
    }

    private static WebResponse fill(Call call) {
        Body body = call.body().only("label", "values", "rows", "labels", "key");
        long ways = Stream.of("values", "rows", "labels").filter(body::has).count();
        if (ways != 1 || (body.has("label") && !body.has("values"))) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "one of 'values', 'rows' and 'labels' is filled in, a label beside the first");
        }
        return call.inSession(session -> {
                    if (body.has("rows")) {
                        return rows(session.forms()
                                .fillByPosition(
                                        call.connection(), body.rows("rows").orElse(List.of())));
                    }
                    if (body.has("labels")) {
                        return rows(session.forms()
                                .fillByLabel(
                                        call.connection(),
                                        body.rowsByName("labels").orElse(Map.of())));
                    }
                    return filled(session.forms().fill(call.connection(), call.label(), values(body)));
                })
                .ok();
    }

    private static Map<String, String> values(Body body) {
        return body.texts("values")
                .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "'values' is missing"));
    }

    private static Fields filled(Filled filled) {
        return new Fields()
                .put("account", AccountView.of(filled.account()))
                .put("changed", filled.changed())
                .put("ignored", filled.ignored())
                .put("refused", filled.refused());
    }

    private static Fields rows(FilledRows rows) {
        return new Fields()
                .each("rows", rows.rows(), FormRoutes::filled)
                .each(
                        "problems",
                        rows.problems(),
                        problem -> new Fields()
                                .put("row", problem.row())
                                .maybe("label", problem.label())
                                .put("code", problem.code().name())
                                .put("message", problem.message()))
                .each("ended", rows.ended(), AccountView::of);
    }
}
