package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;

class CalendarificTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Calendarific.create();
    }
}
