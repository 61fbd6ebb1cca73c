package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class NotionTest extends ProviderContract {
    private static final String INTROSPECTION = "a token shows by its use whether it lives";
    private static final String PICKED = "pages are picked on Notion's consent screen";

    @Override
    protected Provider provider() {
        return Notion.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(Notion.API_KEY, "ntn_canary55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "verify-introspect-active", INTROSPECTION,
                "verify-introspect-inactive", INTROSPECTION,
                "list-pages", PICKED,
                "list-pages-empty", PICKED,
                "list-pages-untitled", PICKED);
    }
}
