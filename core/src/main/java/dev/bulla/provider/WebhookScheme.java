package dev.bulla.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a service proves that a webhook is its own: closed data, which a catalogue can print. The bytes of the body are verified as they
 * arrived, before anything reads them. Immutable and thread-safe.
 *
 * <p>Times are taken up to five minutes from the present, in both directions, and only where they are signed.
 */
public final class WebhookScheme {
    /** How it is signed. */
    public enum Algorithm {
        HMAC_SHA256(32),
        HMAC_SHA1(20),
        /** RFC 8032; what is saved is the service's public key, which is no secret. */
        ED25519(64);

        private final int size;

        Algorithm(int size) {
            this.size = size;
        }

        /** Length of a signature in bytes. */
        public int size() {
            return size;
        }
    }

    /** How bytes stand as text. */
    public enum Coding {
        HEX,
        BASE64
    }

    /** What the header of the signature holds. */
    public enum Shape {
        /** One signature, behind its mark: {@code sha256=...}. */
        ALONE,
        /** Pairs between commas, several signatures perhaps: {@code t=...,v1=...}. */
        PAIRS,
        /** Signatures between blanks, each with its mark and a comma: {@code v1,... v1a,...}. */
        VERSIONED
    }

    /** Where the secret comes from. */
    public enum Source {
        /** The receiver chooses it and tells the service. */
        RECEIVER,
        /** The service shows it to the owner. */
        SERVICE,
        /** It is the client secret of the app registration; others may be saved beside it. */
        APP,
        /** The service sends it once, while the owner waits for it; nothing proves who sent it. */
        OFFERED
    }

    /** How a time is written. */
    public enum Clock {
        SECONDS,
        MILLISECONDS,
        ISO_8601
    }

    /** Where something stands in a delivery. */
    public enum Place {
        HEADER,
        /** A path of names in the JSON body, between dots; of an array the first object counts. */
        BODY,
        /** A pair in the header of the signature. */
        SIGNATURE
    }

    /**
     * One kind of signature that is taken.
     *
     * @param header its header; where that comes twice, nothing is taken
     * @param mark what stands before a signature: a prefix, or the name of its pair, or its version
     * @param keyPrefix what a secret of this kind begins with, which is no part of the key; mostly nothing
     * @param keyCoding how the key stands in the secret behind the prefix; null: its characters are the key
     */
    public record Signature(
            Algorithm algorithm,
            String header,
            Shape shape,
            String mark,
            Coding coding,
            String keyPrefix,
            @Nullable Coding keyCoding) {
        /** Keys that stand in their secrets in another way. */
        public Signature keys(String prefix, Coding value) {
            return new Signature(algorithm, header, shape, mark, coding, prefix, value);
        }
    }

    /** Where something stands, and its name there. */
    public record Found(Place place, String name) {
        public static Found header(String name) {
            return new Found(Place.HEADER, name);
        }

        public static Found body(String path) {
            return new Found(Place.BODY, path);
        }

        public static Found pair(String name) {
            return new Found(Place.SIGNATURE, name);
        }
    }

    /** A signed time. */
    public record Time(Found where, Clock unit) {}

    /** A text that the service wants back, or a secret that it brings, when an address is registered. */
    public enum ChallengeKind {
        /** A signed body says so in a field; another field is the answer. */
        FIELD,
        /** A GET names a token that the owner gave to the service; a parameter is the answer. */
        QUERY,
        /** A body brings the secret. It is taken while the owner waits for it, signed or not: a signature by a secret that comes with it proves
         * nothing. From then on everything is signed with it. */
        OFFER
    }

    /**
     * A question that is asked when an address is registered.
     *
     * @param field the field or parameter that tells it from other deliveries
     * @param value what that holds; for an offer it is the secret, and this is empty
     * @param token for a query, the parameter with the owner's token
     * @param answer the field or parameter whose text is the answer, as plain text
     */
    public record Challenge(ChallengeKind kind, String field, String value, String token, String answer) {}

    private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");
    private static final List<String> PARTS = List.of("body", "timestamp", "id", "method", "uri");

    private final Builder data;
    private final List<String> parts;

    private WebhookScheme(Builder data) {
        this.data = data;
        this.parts = split(data.signed);
    }

    /**
     * A scheme of an HMAC whose header holds one signature.
     *
     * @param prefix what stands before it; may be empty
     */
    public static Builder hmac(Algorithm algorithm, String header, String prefix, Coding coding) {
        return signed(new Signature(algorithm, header, Shape.ALONE, prefix, coding, "", null));
    }

    /** A scheme of signatures of these kinds, all of which stand in one header. */
    public static Builder signed(Signature... kinds) {
        return new Builder(List.of(kinds));
    }

    private static List<String> split(String template) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(template);
        int from = 0;
        while (matcher.find()) {
            if (!PARTS.contains(matcher.group(1))) {
                throw new IllegalArgumentException("nothing is called " + matcher.group());
            }
            parts.add(template.substring(from, matcher.start()));
            parts.add(matcher.group());
            from = matcher.end();
        }
        parts.add(template.substring(from));
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    public List<Signature> signatures() {
        return data.signatures;
    }

    /** What is signed, in order: texts, and <code>{body}</code>, <code>{timestamp}</code>, <code>{id}</code>, <code>{method}</code> and
     * <code>{uri}</code>. */
    public List<String> parts() {
        return parts;
    }

    /** Where the signed time stands, if one is signed. */
    public Optional<Time> time() {
        return Optional.ofNullable(data.time);
    }

    /** Where the id of a delivery or an event stands. */
    public Optional<Found> id() {
        return Optional.ofNullable(data.id);
    }

    /** Whether the id is signed too, so that it tells a delivery from others. */
    public boolean hasSignedId() {
        return data.id != null && (data.id.place() == Place.BODY || parts.contains("{id}"));
    }

    /** Where the type of an event stands: of several possibilities, the first of which something is there, joined by dots. */
    public List<List<Found>> types() {
        return List.copyOf(data.types);
    }

    public Optional<Challenge> challenge() {
        return Optional.ofNullable(data.challenge);
    }

    public Source source() {
        return data.source;
    }

    /** The owner's field that holds a secret too, beside those that are saved for the webhooks alone. */
    public Optional<String> ownerField() {
        return Optional.ofNullable(data.ownerField);
    }

    /** How an address is registered by the service's API, where it can be. */
    public Optional<WebhookRegistration> registration() {
        return Optional.ofNullable(data.registration);
    }

    @Override
    public String toString() {
        return "WebhookScheme" + data.signatures + " of " + data.signed;
    }

    public static final class Builder {
        private final List<Signature> signatures;
        private String signed = "{body}";
        private @Nullable Time time;
        private @Nullable Found id;
        private final List<List<Found>> types = new ArrayList<>();
        private @Nullable Challenge challenge;
        private Source source = Source.SERVICE;
        private @Nullable String ownerField;
        private @Nullable WebhookRegistration registration;

        private Builder(List<Signature> signatures) {
            this.signatures = signatures;
        }

        private Builder(Builder from) {
            signatures = from.signatures;
            signed = from.signed;
            time = from.time;
            id = from.id;
            types.addAll(from.types);
            challenge = from.challenge;
            source = from.source;
            ownerField = from.ownerField;
            registration = from.registration;
        }

        /** What is signed, where that is not the body alone: {@code v0:{timestamp}:{body}}. */
        public Builder over(String template) {
            signed = template;
            return this;
        }

        /** The signed time. Name none that is not signed. */
        public Builder time(Found where, Clock unit) {
            time = new Time(where, unit);
            return this;
        }

        public Builder id(Found where) {
            id = where;
            return this;
        }

        /** Where the type stands, in parts; called again, where it stands otherwise. */
        public Builder type(Found... where) {
            types.add(Arrays.asList(where));
            return this;
        }

        public Builder source(Source value) {
            source = value;
            return this;
        }

        /** A signed body whose {@code field} holds {@code value} is answered with the text in {@code answer}. */
        public Builder challenge(String field, String value, String answer) {
            challenge = new Challenge(ChallengeKind.FIELD, field, value, "", answer);
            return this;
        }

        /** A GET whose {@code mode} is {@code value} and whose {@code token} is the owner's is answered with the text in {@code answer}. */
        public Builder challengeByQuery(String mode, String value, String token, String answer) {
            challenge = new Challenge(ChallengeKind.QUERY, mode, value, token, answer);
            return this;
        }

        /** The secret comes in this field of a body, while the owner waits for it. That body is not proven by a signature. */
        public Builder offer(String field) {
            challenge = new Challenge(ChallengeKind.OFFER, field, "", "", "");
            return source(Source.OFFERED);
        }

        /** A secret field of the provider's owner form holds the secret too: whoever saves it there with the app needs do nothing more. */
        public Builder savedIn(String field) {
            ownerField = field;
            return this;
        }

        public Builder registration(WebhookRegistration value) {
            registration = value;
            return this;
        }

        /** @throws IllegalStateException where the parts do not fit together */
        public WebhookScheme build() {
            boolean needsTime = signed.contains("{timestamp}");
            boolean hasTime = time != null && (needsTime || time.where().place() == Place.BODY);
            if (!signed.contains("{body}")
                    || (time != null && !hasTime)
                    || (needsTime && time == null)
                    || (signed.contains("{id}") && id == null)
                    || signatures.stream().map(Signature::header).distinct().count() != 1) {
                throw new IllegalStateException("what is signed, and where its parts stand, do not fit together");
            }
            return new WebhookScheme(new Builder(this));
        }
    }
}
