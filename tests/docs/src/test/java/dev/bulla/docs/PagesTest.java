package dev.bulla.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the pages say besides Java: links, commands, dependencies. */
class PagesTest {
    private static final Pattern MODULES = Pattern.compile("-pl ([\\w./,-]+)");
    private static final Pattern PROGRAM = Pattern.compile("(?m)^(?:\\./)?([\\w-]+(?:/[\\w.-]+)+)(?= |$)");
    private static final Pattern PROPERTY = Pattern.compile("\"name\": *\"(bulla\\.[a-z.-]+)\"");
    private static final Pattern MACHINE = Pattern.compile("(?<![\\w.])/(?:home|root|work|Users)/");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int looked = 0;
        for (Markdown page : Markdown.all()) {
            looked += page.links().size();
            broken(page).forEach(link -> broken.add(page + " -> " + link));
        }
        assertThat(broken).isEmpty();
        assertThat(looked).isGreaterThan(20);
    }

    @Test
    void brokenLinkIsSeen() throws IOException {
        Markdown page = new Markdown(
                Markdown.ROOT.resolve("README.md"), "# One way\n[a](nowhere.md) [b](#one-way) [c](#other) [d](bom)");

        assertThat(broken(page)).containsExactly("nowhere.md", "#other");
    }

    @Test
    void commandsAreThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int looked = 0;
        for (Markdown page : Markdown.all()) {
            for (String shell : shells(page)) {
                for (String path : named(shell)) {
                    looked++;
                    if (!Files.exists(Markdown.ROOT.resolve(path))) {
                        missing.add(page + ": " + path);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(looked).isGreaterThan(5);
    }

    @Test
    void missingCommandIsSeen() {
        assertThat(named("mvn -q -pl examples/none,core test\n./tools/none x\njava -jar a/b.jar"))
                .containsExactly("examples/none", "core", "tools/none");
    }

    @Test
    void dependenciesAreInTheBillOfMaterials() throws Exception {
        Set<String> published = artifacts(Files.readString(Markdown.ROOT.resolve("bom/pom.xml")));
        int looked = 0;
        for (Markdown page : Markdown.all()) {
            for (String xml : page.blocks("xml")) {
                for (String artifact : artifacts(xml)) {
                    looked++;
                    assertThat(published).as("%s", page).contains(artifact);
                }
            }
        }
        assertThat(looked).isGreaterThan(2);
    }

    @Test
    void versionsAreOurs() throws Exception {
        String version = text(
                parse(Files.readString(Markdown.ROOT.resolve("bom/pom.xml"))).getDocumentElement(), "version");
        for (Markdown page : Markdown.all()) {
            for (String xml : page.blocks("xml")) {
                for (Element dependency : ours(xml)) {
                    String said = text(dependency, "version");
                    assertThat(said)
                            .as("%s: %s", page, text(dependency, "artifactId"))
                            .isIn("", version);
                }
            }
        }
    }

    /** What a page shows of others is what the build is tested with. */
    @Test
    void versionsOfOthersAreThoseOfTheBuild() throws Exception {
        String build = Files.readString(Markdown.ROOT.resolve("pom.xml"));
        int looked = 0;
        for (Markdown page : Markdown.all()) {
            for (String xml : page.blocks("xml")) {
                for (String kind : List.of("dependency", "plugin", "parent")) {
                    for (Element other : elements(xml, kind)) {
                        String version = text(other, "version");
                        if (!version.isEmpty()) {
                            looked++;
                            assertThat(build.contains(">" + version + "<"))
                                    .as("%s: %s %s", page, text(other, "artifactId"), version)
                                    .isTrue();
                        }
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(5);
    }

    @Test
    void propertiesAreThoseOfTheStarter() throws IOException {
        Set<String> known = new HashSet<>();
        for (URL file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = file.openStream()) {
                PROPERTY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .results()
                        .forEach(found -> known.add(found.group(1)));
            }
        }
        assertThat(known).contains("bulla.base-uri");
        List<String> shown = new ArrayList<>();
        for (Markdown page : Markdown.all()) {
            page.blocks("properties")
                    .forEach(text -> text.lines()
                            .filter(line -> line.startsWith("bulla."))
                            .map(line -> line.substring(0, line.indexOf('=')))
                            .forEach(shown::add));
        }
        assertThat(known).containsAll(shown);
        assertThat(shown).contains("bulla.base-uri");
    }

    @Test
    void pagesNameNoMachine() throws IOException {
        for (Markdown page : Markdown.all()) {
            assertThat(page.text()).as("%s", page).doesNotContainPattern(MACHINE);
        }
    }

    private static List<String> broken(Markdown page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : page.links()) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Markdown page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || new Markdown(target, target.equals(page.file()) ? page.text() : Files.readString(target))
                        .anchors()
                        .contains(parts[1]);
    }

    private static List<String> shells(Markdown page) {
        List<String> shells = new ArrayList<>(page.blocks(""));
        shells.addAll(page.blocks("sh"));
        shells.removeIf(text -> text.lines().noneMatch(line -> line.matches("(mvn|\\./|[\\w-]+/run).*")));
        return shells;
    }

    /** The modules and programs of this repository that a command names. */
    private static List<String> named(String shell) {
        List<String> paths = new ArrayList<>();
        MODULES.matcher(shell)
                .results()
                .forEach(found -> paths.addAll(List.of(found.group(1).split(","))));
        Matcher programs = PROGRAM.matcher(shell);
        while (programs.find()) {
            paths.add(programs.group(1));
        }
        return paths;
    }

    private static Set<String> artifacts(String xml) throws Exception {
        return ours(xml).stream()
                .map(dependency -> text(dependency, "artifactId"))
                .filter(artifact -> !artifact.equals("bulla-bom"))
                .collect(Collectors.toSet());
    }

    private static List<Element> ours(String xml) throws Exception {
        return elements(xml, "dependency").stream()
                .filter(one -> text(one, "groupId").equals("dev.bulla"))
                .toList();
    }

    private static List<Element> elements(String xml, String name) throws Exception {
        NodeList all = parse(xml).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent().strip();
            }
        }
        return "";
    }

    /** A whole file, or parts of one. */
    private static Document parse(String xml) throws Exception {
        String whole = xml.startsWith("<?xml") || xml.startsWith("<project") ? xml : "<parts>" + xml + "</parts>";
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(whole)));
    }
}
