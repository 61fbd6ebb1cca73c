package dev.bulla.benchmarks;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Settings;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.store.InMemoryStore;
import java.nio.file.Path;

/** To the first authorization URL, from an empty store: what a host does once is in it, too. */
final class StartBulla {
    private StartBulla() {}

    public static void main(String[] args) {
        Bulla bulla = Bulla.builder()
                .store(InMemoryStore.create())
                .hostKeys(HostKeyring.fromFile(Path.of(args[0])))
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(GitHub.create())
                .build();
        Connections owner = bulla.tenant("acme").connections();
        owner.create("github", GitHub.ID);
        owner.save("github", Settings.clientId("client").clientSecret("secret"));
        ConnectStep step = bulla.tenant("acme").member("anna").connect("github", "https://app.example.com/done");
        System.out.println(((ConnectStep.Redirect) step).location());
        bulla.close();
    }
}
