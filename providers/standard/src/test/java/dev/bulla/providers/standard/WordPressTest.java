package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class WordPressTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return WordPress.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        String mine = "a password that somebody made and typed is theirs to end: other programs may use it";
        String open = "asked without a password, before anybody has one";
        return Map.ofEntries(
                Map.entry("api-discover", open),
                Map.entry("api-discover-plain-permalinks", open),
                Map.entry("api-index", open),
                Map.entry("api-index-feature-off", open),
                Map.entry("authorize-application", "a page of the site; passwords are typed"),
                Map.entry("revoke-already-dead", mine),
                Map.entry("revoke-gone-between", mine),
                Map.entry("revoke-good", mine),
                Map.entry("revoke-not-allowed", mine),
                Map.entry("revoke-old-core", mine),
                Map.entry("verify-html-200", "success without JSON says nothing: the form is to be sent again"));
    }
}
