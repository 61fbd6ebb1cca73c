package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.ServiceDiscovery;
import dev.bulla.provider.ServiceDiscovery.Found;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a service that says itself where it is, and puts the answer among a connection's fields. Thread-safe. */
final class Inquiry {
    private final ServiceDiscovery discovery;
    private final ProviderHttp http;

    Inquiry(ServiceDiscovery discovery, ProviderHttp http) {
        this.discovery = discovery;
        this.http = http;
    }

    /** Whether the service was asked with success before. */
    boolean isAnswered(Map<String, String> fields) {
        return fields.containsKey(discovery.bound().get(0));
    }

    /** What the owner filled in. */
    Map<String, String> inputs(Map<String, String> fields) {
        Map<String, String> left = new LinkedHashMap<>(fields);
        discovery.names().forEach(left::remove);
        return left;
    }

    Map<String, String> with(Map<String, String> fields, Found found) {
        Map<String, String> all = inputs(fields);
        discovery.names().forEach(name -> {
            String value = found.values().get(name);
            if (value != null) {
                all.put(name, value);
            }
        });
        return all;
    }

    /** Whether the owner filled in all that the question needs. */
    static boolean isWhole(Provider provider, Map<String, String> fields) {
        return provider.ownerFields().stream()
                .allMatch(field -> !field.required() || field.secret() || fields.containsKey(field.name()));
    }

    /** @throws BullaException {@code ANSWER_REFUSED} where the answer is not taken; as {@link ServiceDiscovery#find} where there is none */
    Found ask(Map<String, String> fields) {
        try {
            return discovery.find(fields, http);
        } catch (ProviderException e) {
            if (e.kind() == Kind.MISCONFIGURED) {
                throw new BullaException(ErrorCode.ANSWER_REFUSED, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
