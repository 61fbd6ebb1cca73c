package dev.bulla.providers.microsoft;

import java.util.HashMap;
import java.util.Map;

/** The same for a connection to one directory. */
class OneTenantTest extends MicrosoftTest {
    @Override
    protected Map<String, String> instance() {
        return Map.of(Microsoft.TENANT, "aaaabbbb-0000-cccc-1111-dddd2222eeee");
    }

    @Override
    protected Map<String, String> leftOut() {
        Map<String, String> out = new HashMap<>(super.leftOut());
        out.remove("authorize-tenant");
        out.put("authorize-common", OTHER_TENANT);
        return out;
    }
}
