package dev.bulla.providers.google;

import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of raw calls of Google's APIs, whichever host they have; read on 2026-11-21.
 *
 * <ul>
 *   <li>A <a href="https://developers.google.com/workspace/gmail/api/guides/batch">batch</a>, at the {@code batchPath} that an API's
 *       description names, holds any calls.
 *   <li>Some methods take away by POST: <a
 *       href="https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchDelete">messages</a>, <a
 *       href="https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/clear">values</a> and <a
 *       href="https://developers.google.com/workspace/calendar/api/v3/reference/calendars/clear">whole calendars</a>, <a
 *       href="https://developers.google.com/people/api/rest/v1/people/batchDeleteContacts">contacts</a>, <a
 *       href="https://cloud.google.com/firestore/docs/reference/rest/v1/projects.databases/bulkDeleteDocuments">documents</a> and, by a <a
 *       href="https://developers.google.com/android-publisher/api-ref/rest/v3/orders/refund">refund</a>, money. The body of a <a
 *       href="https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate">batchUpdate</a> says what is
 *       done with a document, and that of a <a
 *       href="https://developers.google.com/google-ads/api/rest/common/mutate">mutate</a>, or of operations added to a batch job, what with campaigns.
 * </ul>
 */
final class GoogleCalls {
    private static final String ANY_HOST = "https://*.googleapis.com";
    private static final List<String> TAKING = List.of(
            "batchDelete",
            "clear",
            "{what}:batchDelete",
            "{what}:batchDeleteContacts",
            "{what}:bulkDeleteDocuments",
            "{what}:refund",
            "{what}:revoke",
            "{what}:cancel",
            "{what}:delete",
            "{what}:clear",
            "{what}:batchClear",
            "{what}:batchClearByDataFilter");
    private static final List<String> OPEN = List.of(
            "{what}:batchUpdate", "{what}:mutate", "{what}:addOperations", "{what}:batchWrite", "{what}:commit");

    private GoogleCalls() {}

    static ToolSet tools() {
        List<Route> routes = new ArrayList<>();
        for (String host : List.of("", ANY_HOST)) {
            routes.add(Route.any(host + "/batch/**").anything());
            TAKING.forEach(
                    end -> routes.add(Route.of("POST", host + "/**/" + end).tier(Tier.DESTRUCTIVE)));
            OPEN.forEach(end -> routes.add(Route.of("POST", host + "/**/" + end).anything()));
        }
        routes.add(Route.any(ANY_HOST + "/**")); // other hosts are known too
        return ToolSet.of().routes(routes.toArray(Route[]::new));
    }
}
