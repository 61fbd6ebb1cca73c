package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;

class FirebaseTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Firebase.create();
    }
}
