package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.testkit.provider.Transcript.Exchange;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The host's own calls: the credential goes to the documented address in the documented way, and the answer comes back as it is. */
final class ApiStep {
    private final Stage stage;
    private final Transcript transcript;

    ApiStep(Rehearsal rehearsal) {
        this.stage = rehearsal.stage();
        this.transcript = rehearsal.transcript();
    }

    void run() {
        for (Exchange exchange : transcript.exchanges()) {
            try (Vendor vendor = stage.vendor(List.of(exchange))) {
                call(vendor, exchange);
                Vendor.Turn turn = vendor.turns().get(0);
                new RequestCheck(exchange.asked(), stage).check(turn.sent(), turn.arrived());
            }
        }
    }

    private void call(Vendor vendor, Exchange exchange) {
        ApiAccess api = stage.provider().api();
        Asked asked = exchange.asked();
        URI target = withoutCredential(asked, api.attachment());
        assertThat(api.allows(target, stage.instance()))
                .as("a host of the API: " + target.getHost())
                .isTrue();
        HttpCall call =
                HttpCall.of(Purpose.API, asked.method(), target, asked.body()).header("Accept", "application/json");
        String type = asked.headers().get("Content-Type");
        call = type == null ? call : call.header("Content-Type", type);
        assertThat(vendor.send(api.prepare(call, stage.credential())).status())
                .isEqualTo(exchange.answer().status());
    }

    /** What the host asks for: the documented address without what the library puts into it. */
    private URI withoutCredential(Asked asked, Attachment attachment) {
        Map<String, String> query = new LinkedHashMap<>(asked.query());
        String address = asked.url().toString();
        if (attachment.place() == Attachment.Place.PATH) {
            address = address.replace(
                    "/" + attachment.name() + stage.credential().token().reveal(), "");
        }
        if (attachment.place() == Attachment.Place.QUERY) {
            query.remove(attachment.name(), stage.credential().token().reveal());
        }
        return URI.create(query.isEmpty() ? address : address + "?" + Asked.pairs(query));
    }
}
