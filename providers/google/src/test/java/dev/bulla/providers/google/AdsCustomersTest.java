package dev.bulla.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One manager that the member reaches, with one client below it. */
class AdsCustomersTest {
    private static final String CLIENT = "3333333333";
    private static final String FOREIGN = "7777777777";
    private static final String MANAGER = "1111111111";
    private static final String REFUSED = "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}";
    private static final Tokens TOKENS = Tokens.of(TokenSet.of(Secret.of("at")));

    private final Selection selection = GoogleAds.create().selection().orElseThrow();
    private final List<HttpCall> sent = new ArrayList<>();

    private ProviderCall call(Map<String, Secret> fields) {
        App app = new App("id", Secret.of("secret"), URI.create("https://host.example.com/c"), Map.of());
        return new ProviderCall(this::answer, Clock.systemUTC(), app, fields);
    }

    private HttpAnswer answer(HttpCall call) {
        sent.add(call);
        String path = call.uri().getPath();
        boolean throughManager = MANAGER.equals(call.headers().get("login-customer-id"));
        if (path.endsWith(":listAccessibleCustomers")) {
            return json(200, "{\"resourceNames\":[\"customers/" + MANAGER + "\"]}");
        }
        if (path.contains(FOREIGN)) {
            return json(403, REFUSED);
        }
        if (path.contains(CLIENT)) {
            return throughManager
                    ? json(200, "{\"results\":[{\"customer\":" + account(CLIENT, false) + "}]}")
                    : json(403, REFUSED);
        }
        return throughManager
                ? json(200, "{\"results\":[{\"customerClient\":" + account(CLIENT, false) + "}]}")
                : json(200, "{\"results\":[{\"customer\":" + account(MANAGER, true) + "}]}");
    }

    private static String account(String id, boolean manager) {
        return "{\"id\":\"" + id + "\",\"status\":\"ENABLED\",\"manager\":" + manager + ",\"descriptiveName\":\"N\"}";
    }

    private static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Chosen choose(String id, Map<String, Secret> fields) {
        return selection.chooser().choose(Map.of("customer", List.of(new Choice(id, null))), TOKENS, call(fields));
    }

    @Test
    void managerOfAClientIsFoundAndKept() {
        assertThat(choose(CLIENT, Map.of()).attributes())
                .containsEntry("customerId", CLIENT)
                .containsEntry("loginCustomerId", MANAGER)
                .containsEntry("customerName", "N");
    }

    @Test
    void accountOfNobodyTheMemberReachesCanNotBeChosen() {
        assertThatThrownBy(() -> choose(FOREIGN, Map.of()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.error()).isEqualTo("selection_unknown"));
        assertThat(sent.get(0).uri().getPath()).contains(FOREIGN);
    }

    @Test
    void managerIsNoCustomer() {
        assertThatThrownBy(() -> choose(MANAGER, Map.of()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.error()).isEqualTo("selection_unknown"));
    }

    @Test
    void idOfAnotherFormIsAskedOfNobody() {
        assertThatThrownBy(() -> choose("33/../1", Map.of())).isInstanceOf(ProviderException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void developerTokenGoesAlongOnlyWhereTheOwnerHasOne() {
        choose(CLIENT, Map.of());
        assertThat(sent).noneMatch(call -> call.headers().containsKey("developer-token"));
        sent.clear();
        choose(CLIENT, Map.of(GoogleAds.DEVELOPER_TOKEN, Secret.of("dt")));

        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("developer-token", "dt"));
    }
}
