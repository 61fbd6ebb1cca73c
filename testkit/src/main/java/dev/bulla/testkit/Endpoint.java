package dev.bulla.testkit;

import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.regex.Pattern;

/** An address of a service, whatever instance stands in it. Query and letter case of the host make no difference. */
record Endpoint(Pattern pattern) {
    static Endpoint of(UrlTemplate template) {
        return new Endpoint(Pattern.compile(regex(withoutQuery(template.toString()))));
    }

    /** Every address at the host of this one. */
    static Endpoint hostOf(UrlTemplate template) {
        String text = withoutQuery(template.toString());
        int slash = text.indexOf('/', text.indexOf("//") + 2);
        return new Endpoint(Pattern.compile(regex(slash < 0 ? text : text.substring(0, slash)) + "(/.*)?"));
    }

    /** Every address at a host, or at any name below {@code *.}. */
    static Endpoint host(String host) {
        String name = host.startsWith("*.") ? "[a-z0-9.-]+" + Pattern.quote(host.substring(1)) : Pattern.quote(host);
        return new Endpoint(Pattern.compile("https://" + name + "(:443)?(/.*)?"));
    }

    boolean matches(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(java.util.Locale.ROOT);
        return pattern.matcher(uri.getScheme() + "://" + authority + path).matches();
    }

    private static String withoutQuery(String text) {
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static String regex(String text) {
        if (text.startsWith("{")) { // the whole address is a part
            int end = text.indexOf('}') + 1;
            return "https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*\\Q" + text.substring(end) + "\\E";
        }
        String clients = text.replace("/{client_id}", "/\\E[^/]+\\Q");
        String segments = clients.replaceAll("(?<!/)/\\{[A-Za-z0-9_]+\\}", "/\\\\E[a-z0-9.-]+\\\\Q");
        return "\\Q" + segments.replaceAll("\\{[a-z0-9_]+\\}", "\\\\E[a-z0-9-]+\\\\Q") + "\\E";
    }
}
