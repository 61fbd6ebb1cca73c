package dev.bulla.providers.all;

import dev.bulla.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of one provider, in Markdown: its walkthrough, then its facts. */
final class Page {
    private static final Map<String, String> MODES = Map.of(
            "own", "an app of the owner",
            "managed", "an app of the host",
            "key", "a key of each member",
            "host", "a key of the host");

    /** The page has a title already. */
    private static final Pattern TITLE = Pattern.compile("\\A# .*");

    private final Provider provider;
    private final Map<String, @Nullable Object> facts;
    private final StringBuilder out = new StringBuilder();

    private Page(Provider provider) {
        this.provider = provider;
        this.facts = Facts.of(provider);
    }

    static Page of(Provider provider) {
        return new Page(provider);
    }

    /** The line of the list of all pages. */
    String row() {
        return "| [" + provider.displayName() + "](" + provider.id() + ".md) | `" + provider.id() + "` | " + modes()
                + " | " + lives() + " | " + chosen() + " |\n";
    }

    String text() {
        out.append("# ").append(provider.displayName()).append("\n\n");
        out.append("`Catalogue.provider(\"")
                .append(provider.id())
                .append("\")` connects by ")
                .append(modes())
                .append(".\n");
        provider.documentation()
                .walkthrough()
                .ifPresent(text -> out.append('\n')
                        .append(TITLE.matcher(text).replaceFirst("").strip())
                        .append('\n'));
        facts();
        scopes();
        fields();
        selection();
        tools();
        entities();
        items("What is not known", Told.texts(facts.get("unconfirmed")));
        items(
                "Sources",
                maps(facts.get("sources")).stream()
                        .map(source -> "<" + source.get("url") + ">, read " + source.get("read"))
                        .toList());
        return out.toString();
    }

    private String modes() {
        return Told.texts(facts.get("modes")).stream()
                .map(mode -> MODES.getOrDefault(mode, mode))
                .collect(Collectors.joining(", "));
    }

    private String lives() {
        Object style = map("refresh").get("style");
        return switch (String.valueOf(style)) {
            case "refresh_token" -> "refreshed by a refresh token";
            case "exchange_current" -> "exchanged while they live";
            case "none" -> "lasting";
            default -> "made of the key";
        };
    }

    private String chosen() {
        return maps(map("selection").get("steps")).stream()
                .map(step -> String.valueOf(step.get("label")))
                .collect(Collectors.joining(", then "));
    }

    private void facts() {
        out.append("\n## Facts\n\n| Fact | Value |\n| --- | --- |\n");
        row("Authorization", Told.code(facts.get("authorizeUrl")));
        row("Tokens", Told.code(facts.get("tokenUrl")));
        row("Token requests", Told.code(facts.get("requestEncoding")));
        row("The client proves itself by", Told.code(facts.get("clientAuthentication")));
        row("PKCE", Told.code(facts.get("pkce")));
        row("Name of the client id", Told.code(facts.get("clientIdParameter")));
        row("Further parameters of the authorization", Told.pairs(facts.get("authorizeParameters")));
        row("Headers of the protocol", Told.pairs(facts.get("headers")));
        row("Scopes go in", scopeParameters());
        row("Scopes that are always sent", codes(Told.texts(map("scope").get("alwaysSent"))));
        row("OpenID Connect", Told.openId(optional("openId")));
        row("Short tokens become long ones by", Told.upgrade(optional("upgrade")));
        row("Refresh", Told.refresh(map("refresh")));
        row("Refresh tokens are replaced", Told.code(facts.get("rotation")));
        row("A used refresh token that is sent again", Told.reuse(optional("reuse")));
        row("Lifetimes", Told.lifetimes(map("lifetimes")));
        row("Whose account", Told.identity(optional("identity")));
        if (facts.get("authorizeUrl") != null) {
            row("Revocation", Told.revoke(optional("revoke")));
        }
        row("API", Told.code(facts.get("apiBase")));
        row("The credential may go to", Told.codes(facts.get("apiHosts")));
        row("Headers of calls", Told.pairs(facts.get("apiHeaders")));
        row("The credential goes along as", Told.attach(map("attach")));
        Map<String, @Nullable Object> keys = optional("keyMode");
        if (keys != null) {
            row("API for keys", Told.code(keys.get("apiBase")));
            row("A key goes along as", Told.attach(map(keys.get("attach"))));
            row("Whose key", Told.identity(map(keys.get("identity"))));
        }
        row("A key is checked by", Told.verify(optional("verify")));
        row("Parts of the service's address", Told.codes(facts.get("instance")));
        row("Parts of the API's address that come with an account", Told.codes(facts.get("accountParts")));
        row("Rate limits", provider.documentation().rateLimit().map(Told::cell).orElse(""));
        row("Where people see and end grants", Told.code(facts.get("grantsPage")));
    }

    private void tools() {
        List<Map<String, @Nullable Object>> tools = maps(facts.get("tools"));
        if (!tools.isEmpty()) {
            out.append("\n## Tools\n\n| Tool | What it does | How much it can do |\n| --- | --- | --- |\n");
            tools.forEach(tool -> out.append("| ")
                    .append(Told.code(tool.get("name")))
                    .append(" | ")
                    .append(Told.cell(String.valueOf(tool.get("description"))))
                    .append(" | ")
                    .append(tool.get("tier"))
                    .append(" |\n"));
        }
    }

    private void entities() {
        List<Map<String, @Nullable Object>> kinds = maps(facts.get("entities"));
        if (!kinds.isEmpty()) {
            out.append("\n## What policies can mean\n\n| Kind | Label | Listed | Attributes | Kept fresh by |\n")
                    .append("| --- | --- | --- | --- | --- |\n");
            kinds.forEach(kind -> out.append("| ")
                    .append(Told.code(kind.get("kind")))
                    .append(" | ")
                    .append(kind.get("label"))
                    .append(" | ")
                    .append(Boolean.TRUE.equals(kind.get("listed")) ? "yes" : "no")
                    .append(" | ")
                    .append(Told.codes(kind.get("attributes")))
                    .append(" | ")
                    .append(Told.codes(kind.get("events")))
                    .append(" |\n"));
        }
    }

    private String scopeParameters() {
        Map<String, @Nullable Object> scope = map("scope");
        Object parameter = scope.get("parameter");
        if (parameter == null) {
            return "";
        }
        String further = Told.codes(scope.get("furtherParameters"));
        String between = " ".equals(scope.get("separator")) ? "blanks" : Told.code(scope.get("separator"));
        return Told.code(parameter) + (further.isEmpty() ? "" : ", " + further) + ", with " + between + " between them";
    }

    private static String codes(List<String> names) {
        return String.join(", ", names.stream().map(Told::code).toList());
    }

    private void scopes() {
        List<Map<String, @Nullable Object>> scopes = maps(map("scope").get("available"));
        if (scopes.isEmpty()) {
            return;
        }
        List<String> defaults = Told.texts(map("scope").get("defaults"));
        out.append("\n## Scopes to choose from\n\n| Scope | What it is for | |\n| --- | --- | --- |\n");
        for (Map<String, @Nullable Object> scope : scopes) {
            String name = String.valueOf(scope.get("name"));
            String label = String.valueOf(scope.get("label"));
            String more = String.valueOf(scope.get("description"));
            String mark =
                    Boolean.TRUE.equals(scope.get("required")) ? "always" : defaults.contains(name) ? "by default" : "";
            line("`" + name + "`", Told.cell(more.equals(label) ? label : label + ". " + more), mark);
        }
    }

    private void fields() {
        List<Map<String, @Nullable Object>> fields = maps(facts.get("fields"));
        out.append("\n## Forms\n\n| Field | Label | Filled in by | | Hint |\n| --- | --- | --- | --- | --- |\n");
        for (Map<String, @Nullable Object> field : fields) {
            String secret = Boolean.TRUE.equals(field.get("secret")) ? "secret" : "";
            String required = Boolean.TRUE.equals(field.get("required")) ? "" : "optional";
            String marks = secret.isEmpty() || required.isEmpty() ? secret + required : secret + ", " + required;
            line(
                    "`" + field.get("name") + "`",
                    Told.cell(field.get("label")),
                    String.valueOf(field.get("of")),
                    marks,
                    Told.cell(field.get("hint")));
        }
    }

    private void selection() {
        Map<String, @Nullable Object> selection = map("selection");
        List<Map<String, @Nullable Object>> steps = maps(selection.get("steps"));
        if (steps.isEmpty()) {
            return;
        }
        out.append("\n## The choice after the consent\n\n| Step | What | How many | |\n| --- | --- | --- | --- |\n");
        for (Map<String, @Nullable Object> step : steps) {
            List<String> ways = new ArrayList<>();
            if (Boolean.TRUE.equals(step.get("tree"))) {
                ways.add("browsed");
            }
            if (Boolean.TRUE.equals(step.get("search"))) {
                ways.add("searched");
            }
            Object least = step.get("least");
            Object most = step.get("most");
            line(
                    "`" + step.get("id") + "`",
                    Told.cell(step.get("label")),
                    Objects.equals(least, most) ? String.valueOf(most) : least + " to " + most,
                    String.join(", ", ways));
        }
        out.append("\nWhere there is nothing to choose, and something must be chosen, connecting fails with `")
                .append(selection.get("none"))
                .append("`.\n");
    }

    private void items(String heading, List<String> items) {
        if (!items.isEmpty()) {
            out.append("\n## ").append(heading).append("\n\n");
            items.forEach(item -> out.append("- ").append(item).append('\n'));
        }
    }

    private void row(String name, String value) {
        if (!value.isEmpty()) {
            line(name, value);
        }
    }

    private void line(String... cells) {
        for (String cell : cells) {
            out.append(cell.isEmpty() ? "| " : "| " + cell + " ");
        }
        out.append("|\n");
    }

    private Map<String, @Nullable Object> map(String key) {
        return map(facts.get(key));
    }

    private @Nullable Map<String, @Nullable Object> optional(String key) {
        return facts.get(key) == null ? null : map(key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> maps(@Nullable Object value) {
        return value == null ? List.of() : (List<Map<String, @Nullable Object>>) value;
    }
}
