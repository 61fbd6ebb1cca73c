package dev.bulla.hook;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.event.Telemetry.Webhook;
import dev.bulla.model.Admission;
import dev.bulla.notice.Meter;
import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Challenge;
import dev.bulla.provider.WebhookScheme.ChallengeKind;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.UpkeepStore.WebhookRef;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.Write;
import dev.bulla.vault.Vault;
import dev.bulla.webhook.WebhookAnswer;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what arrives at the addresses of webhooks. Whatever is not proven gets one answer, after the same work: an unknown address, a
 * connection that is off, a wrong signature. Thread-safe.
 */
public final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final int LONGEST = 1 << 20;
    private static final WebhookAnswer TAKEN = new WebhookAnswer(200, "");
    private static final WebhookAnswer REFUSED = new WebhookAnswer(401, "");
    private static final WebhookAnswer LATER = new WebhookAnswer(503, "");
    /** Such texts are sent back: nothing that a browser would take for a page, and nothing long. */
    private static final Pattern ECHO = Pattern.compile("[A-Za-z0-9._~+/=:-]{1,1024}");

    /** What no store is asked for, is none of its ids. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern OFFER = Pattern.compile("[A-Za-z0-9._~+/=:-]{16,512}");
    private static final WebhookScheme NOBODYS = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "signature", "", Coding.HEX)
            .build();

    private final Admission admission;
    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final URI base;
    private final Secrets secrets;
    private final Inbox inbox;
    private final Tally tally;
    private final Meter meter;
    private final WebhookRow decoy;

    public Receiver(
            Admission admission,
            Store store,
            Vault vault,
            Registrations registrations,
            URI base,
            Inbox inbox,
            Tally tally,
            Meter meter) {
        this.admission = admission;
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.base = base;
        this.secrets = new Secrets(store, registrations);
        this.inbox = inbox;
        this.tally = tally;
        this.meter = meter;
        WebhookRow nobodys = new WebhookRow(Ids.id(), "", "", null, 0, 0, 0, null, null, 0, "", 0);
        decoy = Kept.NOTHING.with(Ids.secret()).in(nobodys, vault);
    }

    /** The address behind the base. */
    static URI address(URI base, String id) {
        return URI.create(base + "/hooks/" + id);
    }

    /** What is known of an address. */
    private record Place(WebhookRow row, Optional<ConnectionRow> connection, WebhookScheme scheme, long now) {
        boolean isOpen() {
            return connection.isPresent();
        }

        String provider() {
            return connection.map(ConnectionRow::provider).orElse("");
        }
    }

    /** Answers a request; never throws for anything that it brought. */
    public WebhookAnswer receive(WebhookDelivery delivery) {
        if (delivery.method().equals("HEAD")) {
            return TAKEN;
        }
        if (delivery.body().map(body -> body.length).orElse(0) > LONGEST) {
            return new WebhookAnswer(413, "");
        }
        try {
            Place place = place(delivery.id());
            Kept kept = kept(place.row());
            return delivery.method().equals("GET") ? asked(delivery, place, kept) : sent(delivery, place, kept);
        } catch (StoreException e) {
            LOG.warn("a webhook is asked for again later: {}", e.kind());
            meter.webhook("", Webhook.DEFERRED);
            return LATER;
        } catch (BullaException e) {
            LOG.warn("a webhook is refused: {}", e.code());
            meter.webhook("", Webhook.REFUSED);
            return REFUSED;
        }
    }

    private Place place(String id) {
        WebhookRef ref = Optional.of(id)
                .filter(text -> ID.matcher(text).matches())
                .flatMap(store.upkeep()::webhook)
                .orElse(new WebhookRef("", "", 0));
        WebhookRow row = store.webhooks().find(ref.tenant(), ref.connectionId()).orElse(decoy);
        Optional<ConnectionRow> connection = store.connections()
                .find(ref.tenant(), ref.connectionId())
                .filter(ConnectionRow::enabled)
                .filter(there -> isAdmitted(there.tenant()));
        Optional<WebhookScheme> scheme = connection.flatMap(registrations::find).flatMap(Provider::webhooks);
        return new Place(row, scheme.isEmpty() ? Optional.empty() : connection, scheme.orElse(NOBODYS), ref.now());
    }

    /** A webhook is no member's: of the host's word counts what it says of the tenant. */
    private boolean isAdmitted(String tenant) {
        try {
            return Objects.requireNonNull(admission.of(tenant, "")) != Admission.Word.TENANT_DISABLED;
        } catch (RuntimeException e) { // of the host's code; its text may hold anything
            LOG.warn("the host's admission failed, so no webhooks are taken");
            return false;
        }
    }

    private Kept kept(WebhookRow row) {
        try {
            return Kept.open(vault, row);
        } catch (BullaException e) {
            LOG.warn("what webhooks are verified with can not be opened: {}", e.code());
            return Kept.NOTHING;
        }
    }

    private WebhookAnswer asked(WebhookDelivery delivery, Place place, Kept kept) {
        Challenge challenge = place.scheme()
                .challenge()
                .filter(one -> one.kind() == ChallengeKind.QUERY)
                .orElse(new Challenge(ChallengeKind.QUERY, "", "", "", ""));
        boolean right = Ids.same(parameter(delivery, challenge.token()), kept.token())
                & !kept.token().isEmpty()
                & parameter(delivery, challenge.field()).equals(challenge.value());
        return right && place.isOpen() ? echo(place, parameter(delivery, challenge.answer())) : refused(place);
    }

    private static String parameter(WebhookDelivery delivery, String name) {
        List<String> values = delivery.parameters().getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    private WebhookAnswer echo(Place place, String text) {
        if (!ECHO.matcher(text).matches()) {
            return refused(place);
        }
        meter.webhook(place.provider(), Webhook.CHALLENGED);
        return new WebhookAnswer(200, text);
    }

    private WebhookAnswer refused(Place place) {
        meter.webhook(place.provider(), Webhook.REFUSED);
        if (place.row() != decoy) {
            tally.refused(place.row(), place.now());
        }
        return REFUSED;
    }

    private WebhookAnswer sent(WebhookDelivery delivery, Place place, Kept kept) {
        byte[] body = delivery.body().orElse(new byte[0]);
        if (delivery.body().isEmpty()) {
            LOG.warn("the bytes of a webhook were read by something before it: see BullaServlet");
        }
        Optional<Proven> proven = Proven.of(
                place.scheme(),
                delivery,
                body,
                address(base, place.row().id()).toString(),
                secrets.good(place.connection(), place.scheme(), kept),
                place.now());
        boolean taken = delivery.method().equals("POST") && delivery.body().isPresent() && place.isOpen();
        if (proven.isPresent() && taken) {
            return proven(place, proven.get(), body);
        }
        return taken && isOffer(place, kept) && offered(place, kept, body) ? TAKEN : refused(place);
    }

    private WebhookAnswer proven(Place place, Proven proven, byte[] body) {
        Optional<String> question = question(place.scheme(), proven.payload());
        if (question.isPresent()) {
            return echo(place, question.get());
        }
        if (!inbox.reserve(body.length)) {
            meter.webhook(place.provider(), Webhook.DEFERRED);
            return LATER;
        }
        boolean kept = false;
        try {
            kept = store.webhooks()
                    .isFirst(place.row().tenant(), place.row().id(), proven.digest(), Ids.id(), proven.keepMillis());
        } finally {
            if (!kept) {
                inbox.release(body.length);
            }
        }
        if (!kept) {
            meter.webhook(place.provider(), Webhook.REPEATED);
            return TAKEN;
        }
        tally.accepted(place.row(), place.now());
        meter.webhook(place.provider(), Webhook.ACCEPTED);
        inbox.put(event(place, proven, body));
        return TAKEN;
    }

    private static WebhookEvent event(Place place, Proven proven, byte[] body) {
        ConnectionRow connection = place.connection().orElseThrow();
        return new WebhookEvent(
                connection.tenant(),
                connection.id(),
                connection.name(),
                connection.provider(),
                proven.type(),
                proven.id(),
                Instant.ofEpochMilli(place.now()),
                body);
    }

    private static Optional<String> question(WebhookScheme scheme, @Nullable Json payload) {
        return scheme.challenge()
                .filter(one -> one.kind() == ChallengeKind.FIELD && payload != null)
                .filter(one -> Proven.inBody(Objects.requireNonNull(payload), one.field())
                        .filter(one.value()::equals)
                        .isPresent())
                .flatMap(one -> Proven.inBody(Objects.requireNonNull(payload), one.answer()));
    }

    private static boolean isOffer(Place place, Kept kept) {
        return place.scheme().source() == Source.OFFERED && kept.awaitedUntil() > place.now();
    }

    /** The first that comes while it is waited for; of two at once, one. */
    private boolean offered(Place place, Kept kept, byte[] body) {
        Optional<String> secret = place.scheme()
                .challenge()
                .filter(one -> one.kind() == ChallengeKind.OFFER)
                .flatMap(one -> Optional.ofNullable(Proven.read(body))
                        .filter(json -> json.names().size() == 1)
                        .flatMap(json -> json.text(one.field())))
                .filter(text -> OFFER.matcher(text).matches());
        boolean done = secret.map(text -> kept.offered(text).in(place.row(), vault))
                .filter(row -> store.webhooks().update(row) == Write.DONE)
                .isPresent();
        if (done) {
            meter.webhook(place.provider(), Webhook.CHALLENGED);
        }
        return done;
    }
}
