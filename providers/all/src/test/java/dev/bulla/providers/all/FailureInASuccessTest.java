package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.http.StrictJson;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.tool.AnswerKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that report failures in an answer whose status is a success: those calls are not done. */
class FailureInASuccessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calendarific | /holidays | {\"meta\": {\"code\": 601}} | UNAUTHORIZED",
                "calendarific | /holidays | {\"meta\": {\"code\": 200}} | ",
                "cloudflare | /client/v4/graphql | {\"data\": null, \"errors\": [{\"message\": \"x\"}]} | REFUSED",
                "cloudflare | /client/v4/zones | {\"errors\": [{\"message\": \"x\"}]} | ",
                "github | /graphql | {\"errors\": [{\"type\": \"FORBIDDEN\"}]} | FORBIDDEN",
                "github | /graphql | {\"data\": {}} | ",
                "github | /repos/o/r/codeowners/errors | {\"errors\": [{\"line\": 1}]} | ",
                "github-app | /graphql | {\"errors\": [{\"type\": \"RATE_LIMITED\"}]} | THROTTLED",
                "linear | /graphql | {\"errors\": [{\"extensions\": {\"code\": \"AUTHENTICATION_ERROR\"}}]} | UNAUTHORIZED",
                "linear | /graphql | {\"data\": {\"a\": 1}, \"errors\": [{\"message\": \"x\"}]} | REFUSED",
                "linear | /graphql | {\"errors\": []} | ",
                "salesforce | /services/data/v67.0/graphql | {\"errors\": [{\"message\": \"x\"}]} | REFUSED",
                "shopify | /admin/api/2026-10/graphql.json | {\"errors\": [{\"extensions\": {\"code\": \"THROTTLED\"}}]} | THROTTLED",
                "slack | /api/chat.postMessage | {\"ok\": false, \"error\": \"channel_not_found\"} | REFUSED",
                "slack | /api/chat.postMessage | {\"ok\": false, \"error\": \"token_revoked\"} | UNAUTHORIZED",
                "slack | /api/chat.postMessage | {\"ok\": true} | ",
                "tiktok | /v2/user/info/ | {\"error\": {\"code\": \"scope_not_authorized\"}} | FORBIDDEN",
                "tiktok | /v2/user/info/ | {\"error\": {\"code\": \"ok\"}} | "
            })
    void answerSaysWhatItIs(String provider, String path, String json, AnswerKind kind) {
        Provider service = Catalogue.provider(provider);
        assertThat(service.answers()
                        .orElseThrow()
                        .read(path, StrictJson.document(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(kind);
    }

    @Test
    void toolCallAndAuditSayIt() {
        FakeService slack = FakeService.speaking(Catalogue.provider("slack"))
                .api(call -> FakeService.json(
                        200,
                        call.uri().getPath().endsWith("conversations.list")
                                ? "{\"ok\": false, \"error\": \"missing_scope\"}"
                                : "{\"ok\": true}"));
        try (TestBulla world = TestBulla.inMemory(setup -> setup.baseline(Baseline.open()), slack)) {
            world.connect("acme", "alice", "slack");
            try (Session alice = world.bulla().tenant("acme").member("alice").session()) {
                assertThat(alice.callTool("slack__list_channels", "{}").kind()).isEqualTo(AnswerKind.FORBIDDEN);
                assertThat(alice.call("slack", ApiRequest.get("/api/conversations.list"))
                                .kind())
                        .isEqualTo(AnswerKind.FORBIDDEN);
                assertThat(alice.callTool("slack__list_users", "{}").kind()).isEqualTo(AnswerKind.DONE);
            }
            assertThat(world.bulla()
                            .tenant("acme")
                            .audit()
                            .query(AuditQuery.all().onlyUses())
                            .entries())
                    .extracting(AuditEntry::result)
                    .allMatch(result -> result.status() == 200)
                    .extracting(AuditEntry.Result::outcome)
                    .containsExactlyInAnyOrder("FORBIDDEN", "FORBIDDEN", "ANSWERED");
        }
    }
}
