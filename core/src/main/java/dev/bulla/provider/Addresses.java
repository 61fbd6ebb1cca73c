package dev.bulla.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is reached, and which parts of that belong to an instance or to an account.
 *
 * @param named names of parts that come with each account, whether they stand in an address or not
 */
record Addresses(
        String id,
        @Nullable OAuth2Spec spec,
        ApiAccess api,
        @Nullable ApiAccess formApi,
        @Nullable ServiceDiscovery discovery,
        List<String> named) {
    /** What sealed tokens are bound to. */
    String anchor(Map<String, String> instance) {
        StringBuilder anchor = new StringBuilder(id + "|" + home(instance));
        if (api.isEndpoint()) {
            anchor.append('|').append(api.base().expand(instance));
        }
        instanceParts().stream()
                .sorted()
                .forEach(part -> anchor.append('|').append(part).append('=').append(instance.getOrDefault(part, "")));
        return anchor.toString();
    }

    /** An address that came with an account is sealed with it, so that nobody can edit it: what is left to bind is the template. */
    private String home(Map<String, String> instance) {
        if (spec == null && api.base().parts().stream().anyMatch(named::contains)) {
            return api.base().toString();
        }
        URI where = spec != null ? spec.tokenUrl().expand(instance) : api.base().expand(instance);
        return where.getScheme() + "://" + where.getHost() + (where.getPort() == -1 ? "" : ":" + where.getPort());
    }

    List<String> accountParts() {
        return named.stream()
                .filter(part -> templates().stream()
                        .anyMatch(template -> template.parts().contains(part)))
                .toList();
    }

    List<String> instanceParts() {
        Stream<String> found = discovery == null ? Stream.of() : discovery.bound().stream();
        return Stream.concat(templates().stream().flatMap(template -> template.parts().stream()), found)
                .filter(part -> !named.contains(part))
                .distinct()
                .toList();
    }

    boolean fit(String part, String value) {
        return templates().stream()
                .filter(template -> template.parts().contains(part))
                .allMatch(template -> template.fits(part, value));
    }

    private List<UrlTemplate> endpoints() {
        if (spec == null) {
            return List.of();
        }
        List<UrlTemplate> endpoints = new ArrayList<>(List.of(spec.authorizeUrl(), spec.tokenUrl()));
        spec.identity().ifPresent(identity -> endpoints.add(identity.url()));
        spec.jwksUrl().ifPresent(endpoints::add);
        spec.revocation().ifPresent(revocation -> endpoints.add(revocation.url()));
        spec.upgrade().ifPresent(upgrade -> endpoints.add(upgrade.url()));
        spec.exchange().ifPresent(exchange -> endpoints.add(exchange.url()));
        return endpoints;
    }

    private List<UrlTemplate> templates() {
        List<UrlTemplate> templates = new ArrayList<>(List.of(api.base()));
        if (formApi != null) {
            templates.add(formApi.base());
        }
        templates.addAll(endpoints());
        return templates;
    }

    /** Which must not be: tokens and client secrets are sent where no account says. */
    boolean accountsSayWhereSecretsGo() {
        return endpoints().stream().flatMap(url -> url.parts().stream()).anyMatch(named::contains);
    }
}
