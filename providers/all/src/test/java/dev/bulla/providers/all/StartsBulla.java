package dev.bulla.providers.all;

import dev.bulla.Bulla;
import dev.bulla.key.HostKeyring;
import dev.bulla.testkit.store.InMemoryStore;

/** Lists all ids, and starts a Bulla with the providers that are named. */
final class StartsBulla {
    private StartsBulla() {}

    public static void main(String... ids) {
        if (!Catalogue.ids().contains("slack")) {
            throw new AssertionError("no slack");
        }
        Bulla bulla = Bulla.builder()
                .store(InMemoryStore.on(System::currentTimeMillis))
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(Catalogue.providers(ids))
                .build();
        for (String id : ids) {
            bulla.tenant("acme").connections().create(id, id);
        }
        bulla.close();
    }
}
