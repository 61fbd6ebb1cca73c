package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.testkit.provider.Transcript.Exchange;
import dev.bulla.tool.CanonicalTarget;
import dev.bulla.tool.Match;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolCall;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolSet;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** What tools send, and what calls without a tool are taken for. */
final class ToolSteps {
    private static final String OK =
            "{\"response\":{\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"{}\"}}";

    private final Stage stage;
    private final Transcript transcript;
    private final ToolSet tools;

    ToolSteps(Rehearsal rehearsal) {
        this.stage = rehearsal.stage();
        this.transcript = rehearsal.transcript();
        this.tools = stage.provider().tools();
    }

    void run() {
        transcript.objects("calls").forEach(this::call);
        transcript.objects("raw").forEach(this::raw);
    }

    private void call(Json one) {
        String name = one.text("tool").orElseThrow();
        Tool tool = tools.tool(name).orElseThrow(() -> new AssertionError("there is no tool " + name));
        ToolCall call = tools.call(tool, text(one.every("arguments").get(0)));
        assertThat(tier(call.match()))
                .as(name + ": tier")
                .isEqualTo(one.text("tier").orElseThrow());
        assertThat(touched(call.match()))
                .as(name + ": touches")
                .isEqualTo(one.text("touches").orElseThrow());
        send(name, call.request().orElseThrow(), one.object("request").orElseThrow());
    }

    private void send(String name, ToolRequest request, Json documented) {
        Asked asked = new Asked(documented, stage.values());
        Json answer = StrictJson.document(OK.getBytes(StandardCharsets.UTF_8));
        Exchange exchange = new Exchange(asked, Transcript.answer(answer, stage.values()));
        try (Vendor vendor = stage.vendor(List.of(exchange))) {
            ApiAccess api = stage.provider().api();
            URI target = target(api, request.target());
            assertThat(api.allows(target, stage.instance())).as(name + ": host").isTrue();
            HttpCall call = HttpCall.of(Purpose.API, request.method(), target, request.body());
            for (Map.Entry<String, String> header : request.headers().entrySet()) {
                call = call.header(header.getKey(), header.getValue());
            }
            vendor.send(api.prepare(call, stage.credential()));
            Vendor.Turn turn = vendor.turns().get(0);
            compare(name, asked, turn.sent().uri(), turn.arrived());
        }
    }

    private URI target(ApiAccess api, String target) {
        String base = api.base().expand(stage.instance()).toString();
        return URI.create(target.startsWith("/") ? base.replaceFirst("/$", "") + target : target);
    }

    private static void compare(String name, Asked asked, URI sent, RecordedRequest arrived) {
        assertThat(arrived.getMethod()).as(name).isEqualTo(asked.method());
        assertThat(sent.toString().split("\\?")[0])
                .as(name)
                .isEqualTo(asked.url().toString());
        assertThat(RequestCheck.pairs(sent.getRawQuery())).as(name + ": query").isEqualTo(asked.query());
        asked.headers()
                .forEach((header, value) -> assertThat(arrived.getHeaders().get(header))
                        .as(name + ": " + header)
                        .isEqualTo(value));
        ByteString bytes = arrived.getBody() == null ? ByteString.EMPTY : arrived.getBody();
        if (asked.json().object("body").isPresent()) {
            assertThat(arrived.getHeaders().get("Content-Type")).as(name).startsWith("application/json");
            assertThat(StrictJson.document(bytes.toByteArray()).every(""))
                    .as(name + ": body")
                    .isEqualTo(asked.json().every("body"));
        } else {
            assertThat(bytes.utf8()).as(name + ": body").isEmpty();
        }
    }

    private void raw(Json one) {
        String method = one.text("method").orElseThrow();
        String target = one.text("target").orElseThrow();
        int origin = target.startsWith("/") ? 0 : target.indexOf('/', "https://".length());
        Match match = tools.match(
                method, new CanonicalTarget(target.substring(0, origin), target.substring(origin), "", true));
        String what = method + " " + target;
        assertThat(tier(match)).as(what).isEqualTo(one.text("tier").orElseThrow());
        assertThat(touched(match)).as(what).isEqualTo(one.text("touches").orElseThrow());
        String tool = match.tool().map(Tool::name).orElse(match.unclear() ? "any" : "none");
        assertThat(tool).as(what).isEqualTo(one.text("tool").orElseThrow());
    }

    private static String tier(Match match) {
        return match.tier().name().toLowerCase(Locale.ROOT);
    }

    private static String touched(Match match) {
        if (match.resource() instanceof Sight.Known known) {
            return known.resource().kind() + " " + known.resource().id();
        }
        return match.resource() instanceof Sight.None ? "nothing" : "unclear";
    }

    private static String text(Object arguments) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (arguments instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), whole(value)));
        }
        return JSONObjectUtils.toJSONString(members);
    }

    /** Whole numbers are written as such. */
    private static Object whole(Object value) {
        return value instanceof BigDecimal number && number.scale() <= 0 ? number.toBigInteger() : value;
    }
}
