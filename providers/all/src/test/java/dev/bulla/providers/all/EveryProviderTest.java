package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Documentation.Source;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm.Reading;
import dev.bulla.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every provider, beside the contract that each passes by itself. */
class EveryProviderTest {
    private static final Path MODULES = Path.of("..");
    private static final Pattern ID = Pattern.compile("public static final String \\w*ID = \"([a-z0-9-]+)\"");
    private static final Pattern PART = Pattern.compile("\\{([A-Za-z0-9_]+)}");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.*)$");
    private static final LocalDate FIRST_READ = LocalDate.of(2026, 11, 20);

    private static final List<String> SERVICES = List.of(
            "apollo",
            "app-store-connect",
            "atlassian",
            "brevo",
            "calendarific",
            "cloudflare",
            "facebook-page",
            "firebase",
            "github",
            "github-app",
            "gmail",
            "google",
            "google-ads",
            "google-drive",
            "google-play",
            "hubspot",
            "instagram",
            "lemlist",
            "linear",
            "linkedin",
            "mailchimp",
            "meta-ads",
            "microsoft",
            "notion",
            "openai",
            "salesforce",
            "sendgrid",
            "sentry",
            "shopify",
            "slack",
            "telegram",
            "tiktok",
            "wordpress",
            "x");

    /** Classes of standard providers with more than about 80 lines of code. */
    private static final Map<String, String> LONGER = Map.of(
            "Cloudflare", "keys beside OAuth, of people or of accounts",
            "HubSpot", "fourteen scopes in two parameters, by what the app requires",
            "Linear", "keys beside OAuth, and failures of GraphQL",
            "LinkedIn", "eight scopes, each with the product that brings it",
            "Notion", "keys beside OAuth, and what the answer with the tokens tells of the workspace",
            "Sentry", "keys beside OAuth, in regions",
            "TikTok", "answers in a wrapping, and scopes with what the audit changes",
            "X", "twenty-two scopes, with what each shows");

    private static Stream<DynamicTest> each(Consumer<Provider> promise) {
        return Stream.of(Catalogue.all())
                .map(provider -> DynamicTest.dynamicTest(provider.id(), () -> promise.accept(provider)));
    }

    @Test
    void everyServiceIsThere() {
        List<String> missing =
                SERVICES.stream().filter(id -> !Catalogue.ids().contains(id)).toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyProviderOfTheModulesIsListed() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Path source : sources()) {
            Matcher matcher = ID.matcher(Files.readString(source));
            while (matcher.find()) {
                declared.add(matcher.group(1));
            }
        }
        assertThat(Catalogue.ids()).containsExactlyElementsOf(declared);
    }

    @TestFactory
    Stream<DynamicTest> factsNameThePagesThatWereRead() {
        return each(provider -> assertThat(provider.documentation().sources())
                .isNotEmpty()
                .extracting(Source::read)
                .allMatch(day -> !day.isBefore(FIRST_READ)));
    }

    @TestFactory
    Stream<DynamicTest> walkthroughLeadsFromTheFirstStepToWhatGoesWrong() {
        return each(provider -> {
            assertLeadsThrough(
                    provider.documentation().walkthrough().orElse(""),
                    provider.flow().isPresent());
        });
    }

    static void assertLeadsThrough(String walkthrough, boolean oauth) {
        List<String> headings = new ArrayList<>();
        Matcher matcher = HEADING.matcher(walkthrough);
        while (matcher.find()) {
            headings.add(matcher.group(1));
        }
        assertThat(headings)
                .containsSubsequence(
                        oauth
                                ? List.of("Register", "Redirect URI", "Scopes", "Review and branding")
                                : List.of("Get the key"));
        assertThat(headings).endsWith("Limits and tenants", "When it does not work");
        assertThat(walkthrough.substring(walkthrough.indexOf("## When it does not work")))
                .contains("| What you see | Why | Who | What to do |");
    }

    /** By a form, by the answer with the tokens, or by the choice after the consent. */
    @TestFactory
    Stream<DynamicTest> everyPartOfAnAddressIsFilledInBySomebody() {
        return each(provider -> {
            Set<String> filled = new HashSet<>(Set.of("client_id", "token", "project_id"));
            provider.ownerFields().stream().map(Field::name).forEach(filled::add);
            provider.form().ifPresent(form -> {
                form.fields().stream().map(Field::name).forEach(filled::add);
                form.readings().stream().map(Reading::name).forEach(filled::add);
            });
            provider.oauth2().ifPresent(spec -> {
                filled.addAll(spec.keep());
                spec.identity()
                        .ifPresent(
                                identity -> filled.addAll(identity.attributes().keySet()));
            });
            provider.selection().ifPresent(selection -> filled.addAll(provider.accountParts()));
            Map<String, Object> facts = new HashMap<>(Catalogue.describe(provider));
            facts.keySet().removeAll(List.of("rateLimit", "unconfirmed", "fields", "sources", "apiHeaders", "tools"));
            assertThat(parts(facts)).isSubsetOf(filled);
        });
    }

    private static Set<String> parts(@Nullable Object facts) {
        Set<String> parts = new TreeSet<>();
        if (facts instanceof Map<?, ?> map) {
            map.values().forEach(value -> parts.addAll(parts(value)));
        } else if (facts instanceof List<?> list) {
            list.forEach(value -> parts.addAll(parts(value)));
        } else if (facts instanceof String text) {
            Matcher matcher = PART.matcher(text);
            while (matcher.find()) {
                parts.add(matcher.group(1));
            }
        }
        return parts;
    }

    /** A provider of one file keeps to facts; what needs more code than that has a module of its own, or stands here with its reason. */
    @Test
    void standardProvidersAreShort() throws IOException {
        Map<String, Long> longer = new TreeMap<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            if (source.toString().contains("/standard/") && ID.matcher(text).find() && lines(text) > 88) {
                longer.put(source.getFileName().toString().replace(".java", ""), lines(text));
            }
        }
        assertThat(longer).containsOnlyKeys(LONGER.keySet());
    }

    /** Lines of code: without imports, comments and blank ones. */
    static long lines(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .count();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MODULES)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }
}
