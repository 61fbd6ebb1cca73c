package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;

class TelegramTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Telegram.create();
    }
}
