package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Field;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendGridTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return SendGrid.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(SendGrid.API_KEY, "SG.key-id-1.key-canary-55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("verify-scopes-eu", "the EU region is a provider of its own");
    }

    @Test
    void keyMayBelongToTheHost() {
        assertThat(provider().modes()).containsExactly(Mode.FORM, Mode.HOST_CREDENTIAL);
    }

    @Test
    void keyOfAnotherShapeIsNotTaken() {
        Field field = provider().form().orElseThrow().fields().get(0);

        assertThat(field.secret()).isTrue();
        assertThat(form().get(SendGrid.API_KEY)).matches(field.pattern());
        assertThat("SG.only-one-part").doesNotMatch(field.pattern());
        assertThat("xkeysib-1.2.3").doesNotMatch(field.pattern());
    }
}
