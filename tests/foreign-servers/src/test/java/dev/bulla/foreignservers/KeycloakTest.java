package dev.bulla.foreignservers;

class KeycloakTest extends ForeignServerContract {
    @Override
    ForeignServer server() throws Exception {
        return Keycloak.unpacked().orElseThrow(() -> new IllegalStateException("-Pfull unpacks Keycloak, and has not"));
    }
}
