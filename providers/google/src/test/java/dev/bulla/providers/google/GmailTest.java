package dev.bulla.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.testkit.provider.ProviderContract;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GmailTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Gmail.create();
    }

    @Test
    void accountIsTheAddress() {
        ProviderCall call = new ProviderCall(
                request -> {
                    throw new AssertionError("nothing is sent");
                },
                Clock.systemUTC(),
                new App("", null, URI.create("https://app.example.com"), Map.of()));
        Map<String, Secret> form =
                Map.of(Gmail.EMAIL, Secret.of("Ann@gmail.com"), Gmail.APP_PASSWORD, Secret.of("abcdefghijklmnop"));
        Identity identity =
                provider().form().orElseThrow().verifier().verify(form, call).identity();

        assertThat(identity.subject()).isEqualTo("ann@gmail.com");
        assertThat(identity.displayName()).isEqualTo("Ann@gmail.com");
        assertThat(identity.attributes()).containsEntry(Gmail.EMAIL, "Ann@gmail.com");
    }
}
