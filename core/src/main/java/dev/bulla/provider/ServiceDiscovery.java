package dev.bulla.provider;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service of which no more than the address is known says the rest: where members consent, where tokens are had, and how a client
 * becomes known there. What it says is kept with the connection, as parts of the instance: everything that is sealed is bound to the
 * {@linkplain #bound bound} ones, so that a service that moves, or is moved, gets nothing that was given to the former one.
 *
 * <p>An implementation reads documents and shapes messages. When it is asked, what is kept, and that two nodes become one client is core's
 * business. Each method may be called from several threads at once.
 */
public interface ServiceDiscovery {
    /**
     * Name under which a call finds how a client proves itself that the library made known ({@link OAuth2Spec.ClientAuthentication#name});
     * an owner's own app has none.
     */
    String AUTHENTICATION = "clientAuthentication";

    /** Names under which values are kept that everything sealed is bound to. Every one of them is named in {@link #names} too. */
    List<String> bound();

    /** Names under which values are kept. No owner writes them. */
    List<String> names();

    /**
     * Asks the service.
     *
     * @param known what the owner filled in, and what was found before
     * @throws ProviderException {@code TRANSIENT} where it can not be asked now, {@code MISCONFIGURED} where what it says is not taken
     */
    Found find(Map<String, String> known, ProviderHttp http);

    /**
     * Makes the host known as a client (RFC 7591), where the service allows that to everybody.
     *
     * @param found as {@link #find} answered
     * @throws ProviderException as {@link #find} does
     */
    Registered register(Found found, ClientMetadata client, ProviderHttp http);

    /** What is asked for where the owner chose nothing. */
    List<String> scopes(Map<String, String> found);

    /**
     * What was found.
     *
     * @param values to be kept, by name
     * @param takesDocuments whether a client may be the address of a document that describes it
     * @param registers whether clients may register themselves
     */
    record Found(Map<String, String> values, boolean takesDocuments, boolean registers) {
        public Found {
            values = Map.copyOf(values);
        }
    }

    /**
     * A registration. {@code toString} shows the client id only.
     *
     * @param clientId the id
     * @param clientSecret null for a public client
     * @param authentication how the client proves itself from now on
     * @param endsAt epoch second at which the secret ends; 0: never
     */
    record Registered(
            String clientId,
            @Nullable Secret clientSecret,
            OAuth2Spec.ClientAuthentication authentication,
            long endsAt) {
        @Override
        public String toString() {
            return "Registered[" + clientId + "]";
        }
    }
}
