package dev.bulla.providers.all;

import dev.bulla.form.OwnerFields;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of one provider, in the words of the standards where they have one. */
final class Facts {
    private static final String BEARER = "Bearer";

    /** A part that may be left out stands with its dot in the braces. */
    private static final Pattern OPTIONAL = Pattern.compile("\\{(\\w+)\\.}");

    private Facts() {}

    /** An address without the parts that may be left out. */
    private static String plain(String address) {
        return OPTIONAL.matcher(address).replaceAll("");
    }

    static Map<String, @Nullable Object> of(Provider provider) {
        Optional<OAuth2Spec> spec = provider.oauth2();
        Optional<KeyForm> form = provider.form();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", provider.displayName());
        facts.put("kind", provider.flow().isPresent() ? "oauth2" : "key");
        facts.put("modes", modes(provider));
        OAuthFacts.put(facts, provider);
        access(facts, provider.api());
        facts.put("instance", provider.instanceParts());
        facts.put("accountParts", provider.accountParts());
        facts.put("selection", provider.selection().map(Facts::selection).orElse(null));
        facts.put("fields", fields(provider));
        facts.put("verify", form.map(Facts::verify).orElse(null));
        facts.put("keyMode", spec.isPresent() && form.isPresent() ? keyMode(provider.in(Mode.FORM)) : null);
        facts.put("tools", ToolFacts.tools(provider));
        facts.put("entities", ToolFacts.entities(provider));
        facts.put("webhooks", provider.webhooks().isPresent());
        facts.put("grantsPage", provider.grantsPage().map(URI::toString).orElse(null));
        documentation(facts, provider.documentation());
        return facts;
    }

    private static List<String> modes(Provider provider) {
        List<String> modes = new ArrayList<>();
        if (provider.flow().isPresent()) {
            modes.add("own");
            if (!provider.custom()) {
                modes.add("managed");
            }
        }
        if (provider.form().isPresent()) {
            modes.add("key");
        }
        if (provider.modes().contains(Mode.HOST_CREDENTIAL)) {
            modes.add("host");
        }
        return modes;
    }

    /** What is different for keys at a service that has OAuth as well. */
    private static Map<String, @Nullable Object> keyMode(Provider keyed) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        OAuthFacts.putKey(facts, keyed);
        access(facts, keyed.api());
        return facts;
    }

    private static void access(Map<String, @Nullable Object> facts, ApiAccess api) {
        String base = api.base().toString();
        String host =
                base.startsWith("{") ? base.replaceFirst("/.*", "") : base.replaceFirst("https?://([^/]*).*", "$1");
        facts.put("apiBase", plain(base));
        facts.put(
                "apiHosts",
                Stream.concat(Stream.of(plain(host), OPTIONAL.matcher(host).replaceAll("{$1}.")), api.hosts().stream())
                        .distinct()
                        .toList());
        facts.put("apiHeaders", api.headers());
        facts.put("attach", attach(api.attachment()));
    }

    private static Map<String, @Nullable Object> attach(Attachment attachment) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        String name = attachment.name();
        String scheme = attachment.scheme();
        switch (attachment.place()) {
            case HEADER -> {
                facts.put("type", attachment.signs() ? "jwt" : scheme.equals(BEARER) ? "bearer" : "header");
                facts.put("name", name);
                facts.put("scheme", scheme);
            }
            case BASIC -> {
                facts.put("type", "basic");
                facts.put("name", "Authorization");
                facts.put("scheme", "Basic");
                facts.put("user", name.isEmpty() ? scheme : "{" + name + "}");
            }
            case QUERY -> {
                facts.put("type", "query");
                facts.put("name", name);
            }
            case PATH -> {
                facts.put("type", "path");
                facts.put("name", "/" + name + "{token}");
            }
        }
        if (attachment.chooses()) {
            facts.put("byRoute", true);
        }
        return facts;
    }

    private static Map<String, @Nullable Object> selection(Selection selection) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put(
                "steps",
                selection.steps().stream()
                        .map(step -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("id", step.id());
                            one.put("label", step.label());
                            one.put("least", step.least());
                            one.put("most", step.most());
                            one.put("tree", step.tree());
                            one.put("search", step.search());
                            return one;
                        })
                        .toList());
        facts.put("none", selection.none());
        return facts;
    }

    private static List<Map<String, @Nullable Object>> fields(Provider provider) {
        List<Map<String, @Nullable Object>> fields = new ArrayList<>();
        if (provider.flow().isPresent()) {
            fields.add(field(OwnerFields.clientId(provider), "owner"));
            fields.add(field(OwnerFields.clientSecret(provider), "owner"));
        }
        OwnerFields.settings(provider).forEach(field -> fields.add(field(field, "owner")));
        provider.form().ifPresent(form -> form.fields().forEach(field -> fields.add(field(field, "member"))));
        return fields;
    }

    private static Map<String, @Nullable Object> field(Field field, String of) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", field.name());
        facts.put("label", field.label());
        facts.put("hint", field.hint());
        facts.put("secret", field.secret());
        facts.put("required", field.required());
        facts.put("pattern", field.pattern() == null ? null : field.pattern().pattern());
        facts.put("type", field.input().type().name().toLowerCase(Locale.ROOT));
        facts.put(
                "options",
                field.input().options().stream().map(Field.Option::value).toList());
        facts.put("preset", field.input().preset());
        facts.put("of", of);
        return facts;
    }

    private static Map<String, @Nullable Object> verify(KeyForm form) {
        KeyForm.Verifier verifier = form.verifier();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Optional<String> url = verifier.url();
        facts.put("url", url.map(Facts::plain).orElse(null));
        facts.put("method", url.isPresent() ? verifier.method() : null);
        facts.put("success", url.isPresent() ? verifier.success() : null);
        if (url.isEmpty()) {
            facts.put("unverifiable", verifier.success());
        }
        return facts;
    }

    private static void documentation(Map<String, @Nullable Object> facts, Documentation documentation) {
        facts.put("rateLimit", documentation.rateLimit().orElse(null));
        facts.put(
                "sources",
                documentation.sources().stream()
                        .distinct()
                        .map(source -> {
                            Map<String, String> one = new LinkedHashMap<>();
                            one.put("url", source.url().toString());
                            one.put("read", source.read().toString());
                            return one;
                        })
                        .toList());
        facts.put("unconfirmed", documentation.unconfirmed());
    }
}
