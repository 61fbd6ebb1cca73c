package dev.bulla.provider;

import java.time.Clock;
import java.util.Map;

/**
 * What a provider gets for one conversation with its service.
 *
 * @param http the way out
 * @param clock database time, as the keepers see it
 * @param app the app registration in use; for a form, one without a client
 * @param form what the member filled in, by field name. For OAuth it is empty but for {@link Selection}: there stands what a request may
 *     need beside the token, as in headers of {@link ApiAccess}
 */
public record ProviderCall(ProviderHttp http, Clock clock, App app, Map<String, Secret> form) {
    public ProviderCall {
        form = Map.copyOf(form);
    }

    public ProviderCall(ProviderHttp http, Clock clock, App app) {
        this(http, clock, app, Map.of());
    }
}
