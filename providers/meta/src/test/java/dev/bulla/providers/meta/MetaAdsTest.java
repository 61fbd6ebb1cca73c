package dev.bulla.providers.meta;

import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Step;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class MetaAdsTest extends ProviderContract {
    private static final String IDENTITY = "the identity is asked of /me, and no key is verified";

    @Override
    protected Provider provider() {
        return MetaAds.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "verify-debug-expired",
                IDENTITY,
                "verify-debug-valid",
                IDENTITY,
                "verify-permission-declined",
                IDENTITY);
    }

    /** The usual choice is of the last step, and that is the Page. */
    @Override
    protected Map<String, List<Choice>> choice(String transcript, Map<String, List<Choice>> usual) {
        Step step = provider().selection().orElseThrow().steps().get(0);
        String id = usual.values().iterator().next().get(0).id();
        Map<String, List<Choice>> choice =
                new HashMap<>(Map.of(step.id(), choice(step.normalise().apply(id))));
        if (transcript.equals("choose-with-page")) {
            choice.put(Pages.STEP, choice("200000000000001"));
        }
        return choice;
    }

    private static List<Choice> choice(String id) {
        return List.of(new Choice(id, null));
    }
}
