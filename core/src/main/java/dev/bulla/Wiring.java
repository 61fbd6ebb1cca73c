package dev.bulla;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Prospecting;
import dev.bulla.connection.RecentConnections;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.entity.EntityKeeper;
import dev.bulla.entity.EntityLook;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.BullaListener;
import dev.bulla.explain.Explaining;
import dev.bulla.gate.Forwarding;
import dev.bulla.gate.Gate;
import dev.bulla.gate.GrantPass;
import dev.bulla.gate.Knowledge;
import dev.bulla.gate.PolicyJudge;
import dev.bulla.gate.Rules;
import dev.bulla.gate.Talks;
import dev.bulla.gate.TrailScribe;
import dev.bulla.handshake.BrowserCookie;
import dev.bulla.handshake.Completing;
import dev.bulla.handshake.FormEdits;
import dev.bulla.handshake.FormRows;
import dev.bulla.handshake.FormSheet;
import dev.bulla.handshake.Forms;
import dev.bulla.handshake.Parting;
import dev.bulla.handshake.ReturnParameters;
import dev.bulla.handshake.Selecting;
import dev.bulla.handshake.Starting;
import dev.bulla.handshake.Switching;
import dev.bulla.hook.Inbox;
import dev.bulla.hook.Receiver;
import dev.bulla.hook.Tally;
import dev.bulla.hook.WebhookKeeper;
import dev.bulla.member.Aftercare;
import dev.bulla.member.GrantKeeper;
import dev.bulla.member.KeyLife;
import dev.bulla.model.Admission;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.model.Origin;
import dev.bulla.notice.Delivery;
import dev.bulla.notice.Meter;
import dev.bulla.notice.Notices;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.rack.RackKeeper;
import dev.bulla.rack.Racks;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.rule.PolicyKeeper;
import dev.bulla.rule.PolicyRows;
import dev.bulla.store.AccountRow;
import dev.bulla.store.Store;
import dev.bulla.trail.AuditReader;
import dev.bulla.trail.AuditTrail;
import dev.bulla.use.AccountUse;
import dev.bulla.use.LastUsed;
import dev.bulla.use.StepUp;
import dev.bulla.vault.GrantBox;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Resealing;
import dev.bulla.vault.Vault;
import dev.bulla.webhook.WebhookEvent;
import dev.bulla.webhook.WebhookListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keepers, put together once. Thread-safe. */
final class Wiring {
    private final Workers workers;
    private final ProviderHttp http;
    private final Store store;
    private final Clock clock;
    private final Admission admission;
    private final boolean sdkTokens;
    private final FallbackPage fallback;
    private final Delivery delivery;
    private final Notices notices;
    private final AuditTrail trail;
    private final AuditReader auditReader;
    private final Duration auditKept;
    private final Vault vault;
    private final KeyRows keys;
    private final Registrations registrations;
    private final Prospecting prospecting;
    private final ConnectionKeeper connections;
    private final Racks racks;
    private final RackKeeper rackKeeper;
    private final PolicyKeeper policies;
    private final RefreshKeeper refresher;
    private final Resealing resealing;
    private final LastUsed lastUsed;
    private final RecentConnections recents = new RecentConnections();
    private final Gate gate;
    private final Forwarding forwarding;
    private final Starting starting;
    private final Completing completing;
    private final Selecting selecting;
    private final Switching switching;
    private final Forms forms;
    private final FormSheet formSheet;
    private final FormEdits formEdits;
    private final FormRows formRows;
    private final Parting parting;
    private final KeyLife keyLife;
    private final Tally tally;
    private final Inbox inbox;
    private final Receiver receiver;
    private final WebhookKeeper webhooks;
    private final GrantKeeper grants;
    private final Running running = new Running();
    private final Talks talks = new Talks();

    Wiring(BullaBuilder setup, ProviderHttp http) {
        this.http = http;
        store = setup.store();
        clock = setup.clock();
        admission = setup.admission();
        sdkTokens = setup.sdkTokens();
        fallback = setup.fallback();
        Meter meter = new Meter(setup.telemetry(), store);
        List<BullaListener> listeners = new ArrayList<>(setup.listeners());
        if (setup.harvestsOnConnect()) {
            listeners.add(new FirstLook(this, clock));
        }
        delivery = new Delivery(listeners, meter);
        trail = new AuditTrail(setup.audit(), store, clock, meter::auditDropped, meter::auditFailed);
        auditReader = new AuditReader(store, trail);
        auditKept = setup.audit().retention();
        notices = new Notices(delivery, meter, store, trail);
        workers = new Workers(this::tidy);
        vault = new Vault(setup.hostKeys());
        keys = new KeyRows(setup.hostKeys(), store);
        registrations = new Registrations(store, vault, setup.baseUri(), setup.providers());
        prospecting = new Prospecting(store, registrations, notices, http, setup.clientName());
        racks = new Racks(store, registrations, setup.hostTools().names());
        connections = new ConnectionKeeper(store, registrations, notices, prospecting, setup.baseline());
        rackKeeper = new RackKeeper(store, connections, racks);
        policies = new PolicyKeeper(store, connections, racks, notices);
        Clock database = new StoreClock(store);
        Revoking revoking = new Revoking(store, registrations, http, database);
        BrowserCookie cookie = new BrowserCookie(setup.baseUri());
        ReturnParameters parameters = new ReturnParameters(setup.minimalReturn());
        refresher = new RefreshKeeper(
                store, vault, keys, registrations, revoking, notices, http, workers, workers::isShutdown);
        resealing = new Resealing(store, vault, keys, workers, workers::isShutdown);
        lastUsed = new LastUsed(store, workers);
        Knowledge knowledge = new Knowledge(new EntityLook(new EntityKeeper(store), clock), this::forwarding);
        gate = new Gate(
                admission,
                registrations,
                store,
                (connection, rulesNo) ->
                        new Rules(racks.of(connection, rulesNo), PolicyRows.of(store, connection, rulesNo)),
                new PolicyJudge(setup.policySets(), knowledge::of),
                setup.rateLimits(),
                new TrailScribe(trail),
                clock);
        forwarding = new Forwarding(gate, registrations, new StepUp(store, registrations), http, meter, clock);
        starting = new Starting(
                store, vault, keys, registrations, prospecting, setup.returnAddresses(), cookie, http, database);
        selecting = new Selecting(store, vault, keys, registrations, refresher, notices, http, database);
        switching = new Switching(store, vault, keys, registrations, revoking, selecting, notices);
        completing = new Completing(
                store,
                vault,
                keys,
                registrations,
                setup.returnAddresses(),
                parameters,
                cookie,
                selecting,
                switching,
                revoking,
                notices,
                http,
                database);
        forms = new Forms(store, vault, keys, registrations, starting, revoking, notices, http, database);
        parting = new Parting(store, vault, registrations, revoking, notices);
        formSheet = new FormSheet(store, vault, registrations);
        formEdits = new FormEdits(store, vault, registrations, forms);
        formRows = new FormRows(store, forms, formEdits, parting);
        Aftercare aftercare = new Aftercare(store, vault, resealing, refresher, registrations, notices, workers);
        grants = new GrantKeeper(store, keys, new GrantBox(setup.hostKeys()));
        keyLife = new KeyLife(store, keys, aftercare, notices);
        tally = new Tally(store);
        List<WebhookListener> told = new ArrayList<>(List.of(this::refreshEntities));
        told.addAll(setup.webhookListeners());
        inbox = new Inbox(told, meter);
        receiver = new Receiver(admission, store, vault, registrations, setup.baseUri(), inbox, tally, meter);
        webhooks = new WebhookKeeper(store, vault, connections, registrations, setup.baseUri(), tally);
    }

    AccountUse use(String tenant, String member, Opener opener, List<AccountRow> seen) {
        return new AccountUse(
                store,
                vault,
                connections,
                registrations,
                refresher,
                resealing,
                lastUsed,
                recents,
                notices,
                tenant,
                member,
                opener,
                seen);
    }

    /** @param seen the member's accounts, as far as they were read just now */
    Session open(String tenant, String member, Opener opener, Origin origin, List<AccountRow> seen) {
        return open(tenant, member, opener, origin, null, seen);
    }

    /** @param grant what the session is narrowed to, or null */
    Session open(
            String tenant,
            String member,
            Opener opener,
            Origin origin,
            @Nullable GrantPass grant,
            List<AccountRow> seen) {
        Session session = new Session(this, tenant, member, opener, origin, grant, seen);
        running.add(session);
        return session;
    }

    Talks talks() {
        return talks;
    }

    private void tidy() {
        running.sweep(clock.millis());
        lastUsed.flush();
        tally.flush();
    }

    private void refreshEntities(WebhookEvent event) {
        registrations
                .find(event.provider())
                .ifPresent(provider -> event.payload()
                        .ifPresent(payload -> entities()
                                .heard(event.tenant(), event.connectionId(), provider, event.type(), payload)));
    }

    void allowTokenForSdk() {
        if (!sdkTokens) {
            throw new BullaException(ErrorCode.SETUP, "the host forbids handing out tokens to SDKs");
        }
    }

    FallbackPage fallback() {
        return fallback;
    }

    /** Where a callback lands that could not even be looked at. */
    Landing astray(ErrorCode code) {
        return new Landing(
                fallback.with(ConnectError.INTERNAL_ERROR),
                List.of(),
                new Landing.Failed(ConnectError.INTERNAL_ERROR, code.name()));
    }

    void close() {
        running.close();
        workers.drain();
        inbox.close();
        lastUsed.flush();
        tally.flush();
        delivery.close();
        trail.close();
    }

    ProviderHttp http() {
        return http;
    }

    Store store() {
        return store;
    }

    Clock clock() {
        return clock;
    }

    Notices notices() {
        return notices;
    }

    AuditTrail trail() {
        return trail;
    }

    PolicyKeeper policies() {
        return policies;
    }

    AuditReader auditReader() {
        return auditReader;
    }

    /** Deletes entries of the audit that are older than the host keeps them; answers how many. */
    int purgeAudit(int limit) {
        return auditReader.purge(Instant.ofEpochMilli(store.now()).minus(auditKept), limit);
    }

    Running running() {
        return running;
    }

    Accounts accounts() {
        return new Accounts(this);
    }

    Workers workers() {
        return workers;
    }

    KeyRows keys() {
        return keys;
    }

    Registrations registrations() {
        return registrations;
    }

    ConnectionKeeper connections() {
        return connections;
    }

    Racks racks() {
        return racks;
    }

    RackKeeper rackKeeper() {
        return rackKeeper;
    }

    RefreshKeeper refresher() {
        return refresher;
    }

    Gate gate() {
        return gate;
    }

    Forwarding forwarding() {
        return forwarding;
    }

    Prospecting prospecting() {
        return prospecting;
    }

    Starting starting() {
        return starting;
    }

    Completing completing() {
        return completing;
    }

    Selecting selecting() {
        return selecting;
    }

    Switching switching() {
        return switching;
    }

    Forms forms() {
        return forms;
    }

    FormSheet formSheet() {
        return formSheet;
    }

    FormEdits formEdits() {
        return formEdits;
    }

    FormRows formRows() {
        return formRows;
    }

    Parting parting() {
        return parting;
    }

    Explaining explaining() {
        return new Explaining(store, connections, registrations, keys, admission);
    }

    EntityKeeper entities() {
        return new EntityKeeper(store);
    }

    Receiver receiver() {
        return receiver;
    }

    WebhookKeeper webhooks() {
        return webhooks;
    }

    GrantKeeper grants() {
        return grants;
    }

    KeyLife keyLife() {
        return keyLife;
    }
}
