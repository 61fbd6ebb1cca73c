package dev.bulla.providers.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Salesforce.create();
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of(
                Salesforce.LOGIN_URL, "https://login.salesforce.com",
                Salesforce.INSTANCE_URL, "https://example.my.salesforce.com");
    }

    @Override
    protected Map<String, String> kept(String transcript) {
        return Map.of("id", "https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-prompt", "Salesforce decides what it asks a member",
                "refresh-basic", "the client proves itself in the form",
                "verify-introspect-active", "no key is verified",
                "verify-introspect-inactive", "no key is verified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://salesforce.com.evil.example",
                "https://evilsalesforce.com",
                "https://login.salesforce.com:8443",
                "http://login.salesforce.com",
                "https://a@login.salesforce.com"
            })
    void secretsGoToSalesforceAlone(String address) {
        assertThat(provider().fits(Salesforce.LOGIN_URL, address)).isFalse();
    }

    @Test
    void loginAddressIsTheUsualOneWhereNothingIsTyped() {
        assertThat(provider().ownerFields().get(0).take("")).contains("https://login.salesforce.com");
        assertThat(provider().ownerFields().get(0).take(" acme.my.salesforce.com/ "))
                .contains("https://acme.my.salesforce.com");
    }

    @Nested
    class Sandbox extends ProviderContract {
        @Override
        protected Provider provider() {
            return Salesforce.create();
        }

        @Override
        protected String transcripts() {
            return "transcripts/salesforce-sandbox";
        }

        @Override
        protected String toolTranscripts() {
            return "transcripts/salesforce";
        }

        @Override
        protected Map<String, String> instance() {
            return Map.of(
                    Salesforce.LOGIN_URL, "https://test.salesforce.com",
                    Salesforce.INSTANCE_URL, "https://example--box.sandbox.my.salesforce.com");
        }

        @Override
        protected Map<String, String> kept(String transcript) {
            return Map.of("id", "https://test.salesforce.com/id/00D000000000001EAA/005000000000001AAA");
        }
    }

    @Nested
    class MyDomain extends ProviderContract {
        @Override
        protected Provider provider() {
            return Salesforce.create();
        }

        @Override
        protected String transcripts() {
            return "transcripts/salesforce-my-domain";
        }

        @Override
        protected String toolTranscripts() {
            return "transcripts/salesforce";
        }

        @Override
        protected Map<String, String> instance() {
            return Map.of(
                    "myDomain",
                    "acme.my.salesforce.com",
                    Salesforce.LOGIN_URL,
                    "https://acme.my.salesforce.com",
                    Salesforce.INSTANCE_URL,
                    "https://acme.my.salesforce.com");
        }
    }
}
