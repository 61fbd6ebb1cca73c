package dev.bulla.provider;

import java.util.Map;

/** Says whether a callback comes from the service, where the service signs it. Core has checked state, path and browser before. */
@FunctionalInterface
public interface CallbackCheck {
    /**
     * @param parameters of the callback, decoded; one that stands there twice is left out
     * @param call with the app registration and database time; nothing is sent
     */
    boolean accepts(Map<String, String> parameters, ProviderCall call);
}
