package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;

class GoogleDriveTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return GoogleDrive.create();
    }
}
