package dev.bulla.foreignservers;

import org.junit.jupiter.api.Assumptions;

class KeycloakTest extends ForeignServerContract {
    @Override
    ForeignServer server() throws Exception {
        var unpacked = Keycloak.unpacked();
        Assumptions.assumeTrue(unpacked.isPresent(), "Keycloak is unpacked by -Pfull only");
        return unpacked.get();
    }
}
