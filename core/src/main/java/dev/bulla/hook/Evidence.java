package dev.bulla.hook;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Found;
import dev.bulla.provider.WebhookScheme.Place;
import dev.bulla.provider.WebhookScheme.Shape;
import dev.bulla.provider.WebhookScheme.Signature;
import dev.bulla.webhook.WebhookDelivery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a delivery brings to prove itself: its signatures, and what they are said to be of. */
final class Evidence {
    private static final int SIGNATURES = 16;

    private final WebhookScheme scheme;
    private final WebhookDelivery delivery;
    private final byte[] body;
    private final String uri;
    private final String header;
    private final Map<String, List<String>> pairs;

    Evidence(WebhookScheme scheme, WebhookDelivery delivery, byte[] body, String uri) {
        this.scheme = scheme;
        this.delivery = delivery;
        this.body = body;
        this.uri = uri;
        this.header = header(scheme.signatures().get(0).header()).orElse("");
        this.pairs = pairs(header);
    }

    /** The header of this name, where it came once. */
    Optional<String> header(String name) {
        List<String> values = delivery.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static Map<String, List<String>> pairs(String header) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        for (String pair : header.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    /** What stands in a header, or in the header of the signature; where it stands twice it is not there. */
    Optional<String> outsideTheBody(Found found) {
        if (found.place() == Place.HEADER) {
            return header(found.name());
        }
        List<String> values = pairs.getOrDefault(found.name(), List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** The signatures of one kind that can be read, as many as there may be. */
    List<byte[]> signatures(Signature kind) {
        return texts(kind).stream()
                .limit(SIGNATURES)
                .map(text -> Texts.bytes(text, kind.coding()))
                .flatMap(Optional::stream)
                .filter(bytes -> bytes.length == kind.algorithm().size())
                .toList();
    }

    private List<String> texts(Signature kind) {
        if (kind.shape() == Shape.PAIRS) {
            return pairs.getOrDefault(kind.mark(), List.of());
        }
        String mark = kind.shape() == Shape.VERSIONED ? kind.mark() + "," : kind.mark();
        List<String> all = kind.shape() == Shape.VERSIONED ? Arrays.asList(header.split(" ", -1)) : List.of(header);
        return all.stream()
                .filter(text -> text.startsWith(mark))
                .map(text -> text.substring(mark.length()))
                .toList();
    }

    /** Whether everything is there that is signed beside the body. */
    boolean isWhole() {
        return scheme.parts().stream().allMatch(part -> switch (part) {
            case "{timestamp}" -> timestamp().isPresent();
            case "{id}" -> id().isPresent();
            default -> true;
        });
    }

    private Optional<String> timestamp() {
        return scheme.time().flatMap(time -> outsideTheBody(time.where()));
    }

    private Optional<String> id() {
        return scheme.id().flatMap(this::outsideTheBody);
    }

    /** The bytes that are said to be signed. */
    byte[] signed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
        for (String part : scheme.parts()) {
            byte[] bytes = switch (part) {
                case "{body}" -> body;
                case "{timestamp}" -> utf8(timestamp().orElse(""));
                case "{id}" -> utf8(id().orElse(""));
                case "{method}" -> utf8(delivery.method());
                case "{uri}" -> utf8(delivery.query().isEmpty() ? uri : uri + "?" + delivery.query());
                default -> utf8(part);
            };
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
