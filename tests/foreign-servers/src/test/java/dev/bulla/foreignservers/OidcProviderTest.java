package dev.bulla.foreignservers;

import org.junit.jupiter.api.Assumptions;

class OidcProviderTest extends ForeignServerContract {
    @Override
    ForeignServer server() throws Exception {
        var installed = OidcProvider.installed();
        Assumptions.assumeTrue(installed.isPresent(), "there is no Node.js with npm here");
        return installed.get();
    }
}
