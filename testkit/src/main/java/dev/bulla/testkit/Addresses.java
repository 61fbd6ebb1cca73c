package dev.bulla.testkit;

import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses that a provider names. */
final class Addresses {
    private final Optional<OAuth2Spec> spec;
    private final List<Endpoint> hosts;

    private Addresses(Optional<OAuth2Spec> spec, List<Endpoint> hosts) {
        this.spec = spec;
        this.hosts = hosts;
    }

    static Addresses of(Provider provider) {
        List<Endpoint> hosts = new ArrayList<>();
        hosts.add(Endpoint.hostOf(provider.api().base()));
        provider.api().hosts().forEach(host -> hosts.add(Endpoint.host(host)));
        provider.oauth2().ifPresent(spec -> {
            hosts.add(Endpoint.hostOf(spec.authorizeUrl()));
            hosts.add(Endpoint.hostOf(spec.tokenUrl()));
            spec.identity().ifPresent(identity -> hosts.add(Endpoint.hostOf(identity.url())));
        });
        return new Addresses(provider.oauth2(), List.copyOf(hosts));
    }

    boolean authorize(URI uri) {
        return spec.filter(known -> Endpoint.of(known.authorizeUrl()).matches(uri))
                .isPresent();
    }

    boolean token(URI uri) {
        return spec.filter(known -> Endpoint.of(known.tokenUrl()).matches(uri)).isPresent();
    }

    /** The name of the parameter with the token, where this is a revocation endpoint that asks for the client. */
    Optional<String> revocation(URI uri) {
        return spec.flatMap(OAuth2Spec::revocation)
                .filter(known -> known.authentication() != OAuth2Spec.ClientAuthentication.ANONYMOUS)
                .filter(known -> Endpoint.of(known.url()).matches(uri))
                .map(RevocationCall::tokenParameter);
    }

    boolean keys(URI uri) {
        return spec.flatMap(OAuth2Spec::jwksUrl)
                .filter(known -> Endpoint.of(known).matches(uri))
                .isPresent();
    }

    Optional<IdentityCall> identity(URI uri) {
        return spec.flatMap(OAuth2Spec::identity)
                .filter(known -> Endpoint.of(known.url()).matches(uri));
    }

    /** Whether the provider names this host at all. */
    boolean ours(URI uri) {
        return hosts.stream().anyMatch(host -> host.matches(uri));
    }
}
