package dev.bulla.testkit.service;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered app.
 *
 * @param id client id
 * @param name what people read
 * @param secretHash digest of the client secret, or null where there is none
 * @param keys public JWK set of a {@code private_key_jwt} client, or null
 * @param open any proof is accepted
 * @param redirectUris compared as they are
 */
record Client(
        String id,
        String name,
        @Nullable String secretHash,
        @Nullable String keys,
        boolean open,
        Set<String> redirectUris) {
    Client {
        redirectUris = Set.copyOf(redirectUris);
    }

    Client with(String redirectUri) {
        Set<String> more = new java.util.HashSet<>(redirectUris);
        more.add(redirectUri);
        return new Client(id, name, secretHash, keys, open, more);
    }

    boolean isPublic() {
        return secretHash == null && keys == null;
    }

    boolean knows(String secret) {
        return open || (secretHash != null && Hash.same(secretHash, Hash.of(secret)));
    }
}
