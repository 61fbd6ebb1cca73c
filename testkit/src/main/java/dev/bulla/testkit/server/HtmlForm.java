package dev.bulla.testkit.server;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One form of a page, as far as simple pages go: quoted attributes, inputs and buttons. */
record HtmlForm(URI action, List<Control> controls) {
    /** An input or button. */
    record Control(String type, String name, String value) {}

    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern CONTROL = Pattern.compile("(?is)<(input|button)\\b([^>]*)>");

    static List<HtmlForm> in(String html, URI page) {
        List<HtmlForm> forms = new ArrayList<>();
        Matcher form = FORM.matcher(html);
        while (form.find()) {
            List<Control> controls = new ArrayList<>();
            Matcher control = CONTROL.matcher(form.group(2));
            while (control.find()) {
                String fallback = control.group(1).equalsIgnoreCase("button") ? "submit" : "text";
                controls.add(new Control(
                        attribute(control.group(2), "type").orElse(fallback),
                        attribute(control.group(2), "name").orElse(""),
                        attribute(control.group(2), "value").orElse("")));
            }
            forms.add(
                    new HtmlForm(page.resolve(attribute(form.group(1), "action").orElse("")), controls));
        }
        return forms;
    }

    boolean has(String type) {
        return controls.stream().anyMatch(control -> control.type().equals(type));
    }

    boolean has(String name, String value) {
        return controls.stream()
                .anyMatch(control ->
                        control.name().equals(name) && control.value().equals(value));
    }

    /** The body of a post: hidden inputs, the boxes that are wanted, and what else is given. */
    String encode(Predicate<String> boxes, List<Control> more) {
        List<Control> sent = new ArrayList<>();
        controls.stream()
                .filter(control -> control.type().equals("hidden")
                        || (control.type().equals("checkbox") && boxes.test(control.value())))
                .forEach(sent::add);
        sent.addAll(more);
        return sent.stream()
                .map(control -> encode(control.name()) + "=" + encode(control.value()))
                .collect(Collectors.joining("&"));
    }

    private static Optional<String> attribute(String attributes, String name) {
        Matcher matcher =
                Pattern.compile("(?is)\\b" + name + "\\s*=\\s*\"([^\"]*)\"").matcher(attributes);
        return matcher.find() ? Optional.of(unescape(matcher.group(1))) : Optional.empty();
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
