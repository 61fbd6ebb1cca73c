package dev.bulla.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A provider's walkthrough as markup: headings below those of the page, links to {@code https} pages only, markup within the text
 * escaped, no images. Thread-safe.
 */
final class Walkthrough {
    private static final Pattern ADDRESS = Pattern.compile("https://[^\\s<>\"]*[^\\s<>\".,;:!?)]");
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

    private Walkthrough() {}

    /** @param tables what a table is called, for those who do not see it */
    static Html of(String markdown, String tables) {
        Node document = PARSER.parse(markdown);
        document.accept(new Tidy());
        Html open = Html.of("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table>", tables);
        // everything that the text brings is escaped: these tags are the renderer's own
        return Html.rendered(
                renderer().render(document).replace("<table>", open.toString()).replace("</table>", "</table></div>"));
    }

    private static HtmlRenderer renderer() {
        return HtmlRenderer.builder()
                .extensions(TABLES)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(context -> Walkthrough::attributes)
                .build();
    }

    private static void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("target", "_blank");
            attributes.put("rel", "noopener noreferrer");
        }
        if (node instanceof TableCell cell && cell.isHeader()) {
            attributes.put("scope", "col");
        }
        attributes.remove("align");
    }

    /** Headings go below that of the section, pictures go, and addresses that stand in the text become links. */
    private static final class Tidy extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            if (heading.getLevel() == 1) {
                heading.unlink(); // the name of the service: the page says it
                return;
            }
            heading.setLevel(Math.min(6, heading.getLevel() + 1));
            visitChildren(heading);
        }

        @Override
        public void visit(Image image) {
            image.unlink();
        }

        /** What leads elsewhere than to a page over https stays as its words. */
        @Override
        public void visit(Link link) {
            if (!isPage(link.getDestination())) {
                for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                    link.insertBefore(child);
                }
                link.unlink();
            }
        }

        private static boolean isPage(String address) {
            try {
                URI uri = new URI(address);
                return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        @Override
        public void visit(Text text) {
            Matcher address = ADDRESS.matcher(text.getLiteral());
            String rest = text.getLiteral();
            int read = 0;
            while (address.find()) {
                text.insertBefore(new Text(rest.substring(read, address.start())));
                Link link = new Link(address.group(), null);
                link.appendChild(new Text(address.group()));
                text.insertBefore(link);
                read = address.end();
            }
            text.setLiteral(rest.substring(read));
        }
    }
}
