package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.event.SetupRequiredChanged;
import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.Sealed;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers that ask for other fields than the version before. */
class FormChangeTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Field REGION = Field.text("region", "Region", "as in the address of your pages");

    private final Heard heard = new Heard();
    private final FaultyStore faults = new FaultyStore(InMemoryStore.on(NOON::toEpochMilli));
    private final World world =
            new World(Rotation.STRICT, ReuseRule.afterExpiry(), faults.store(), setup -> setup.listener(heard));

    @BeforeEach
    void connected() {
        world.connection("notes");
        world.owner().save("notes", Settings.none().required(true));
        world.connect("alice", "notes", "anna");
        heard.next(5);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** The host's next version, whose provider asks for these. */
    private Connections upgraded(Field... fields) {
        return upgraded(asking(fields));
    }

    private Connections upgraded(Provider provider) {
        world.bulla.close();
        world.bulla = world.knowing(provider);
        return world.owner();
    }

    private Provider asking(Field... fields) {
        return world.provider("demo", world.spec().build())
                .ownerFields(fields)
                .custom()
                .build();
    }

    private ConnectionEvent.Ref ref(Connection of) {
        return new ConnectionEvent.Ref(of.id(), "acme", of.name(), of.provider());
    }

    private BullaEvent changed(Connection of, String... missing) {
        return new ConnectionEvent.FormChanged(ref(of), NOON, List.of(missing));
    }

    private int use() {
        try (Session session = world.member("alice").session()) {
            return session.call("notes", ApiRequest.get("/api/me")).status();
        }
    }

    @Test
    void fieldThatIsRequiredNowIsToldOnceAndFlipsTheSetup() {
        Connections owner = upgraded(REGION);
        Connection notes = owner.get("notes");
        assertThat(notes.missing()).containsExactly("region");
        assertThat(notes.revision()).isEqualTo(3);
        owner.get("notes");
        owner.list();
        owner.provider("notes");
        owner.setupRequired();
        assertThat(Stage.failure(this::use).code()).isEqualTo(ErrorCode.NOT_ENABLED);

        assertThat(owner.save("notes", Settings.none().with("region", "eu")).missing())
                .isEmpty();
        assertThat(use()).isEqualTo(200);
        assertThat(heard.rest(world.bulla))
                .containsExactly(
                        changed(notes, "region"),
                        new SetupRequiredChanged("acme", NOON, true),
                        new ConnectionEvent.Configured(ref(notes), NOON, 4, true),
                        new SetupRequiredChanged("acme", NOON, false));
    }

    @Test
    void fieldThatIsAskedForNoLongerIsMissedNoLonger() {
        upgraded(REGION).list();
        heard.next(2);
        Connection notes = upgraded().list().get(0);

        assertThat(notes.usable()).isTrue();
        assertThat(use()).isEqualTo(200);
        assertThat(heard.rest(world.bulla))
                .containsExactly(changed(notes), new SetupRequiredChanged("acme", NOON, false));
    }

    @Test
    void saveAfterAnUpgradeTellsBoth() {
        Connections owner = upgraded(REGION.optional());
        owner.save("notes", Settings.none().with("region", "eu"));

        assertThat(heard.rest(world.bulla))
                .containsExactly(
                        changed(owner.get("notes")),
                        new ConnectionEvent.Configured(ref(owner.get("notes")), NOON, 4, true));
    }

    @Test
    void fieldThatBecomesSecretIsAnotherForm() {
        upgraded(REGION.optional()).list();
        Connection notes =
                upgraded(Field.secret("region", "Region", "").optional()).get("notes");

        assertThat(heard.rest(world.bulla)).containsExactly(changed(notes), changed(notes));
    }

    @Test
    void otherWordsInAnotherOrderAreTheSameForm() {
        upgraded(REGION.optional(), Field.text("team", "Team", "").optional()).list();
        upgraded(
                        Field.text("team", "Your team", "see there").optional(),
                        REGION.matching("[a-z]+").optional())
                .list();

        assertThat(heard.rest(world.bulla)).singleElement().isInstanceOf(ConnectionEvent.FormChanged.class);
    }

    @Test
    void formOfMembersIsWatchedToo() {
        upgraded(keyed(Field.secret("key", "Key", ""))).create("keys", "keyed");
        Connection keys = upgraded(keyed(Field.secret("key", "Key", ""), Field.text("mail", "Mail", "")))
                .get("keys");

        assertThat(keys.usable()).isTrue();
        assertThat(keys.mode()).isEqualTo(Mode.FORM);
        assertThat(heard.rest(world.bulla))
                .containsExactly(new ConnectionEvent.Configured(ref(keys), NOON, 1, true), changed(keys));
    }

    private Provider keyed(Field... fields) {
        return Provider.builder("keyed", "Keyed")
                .form(new KeyForm(List.of(fields), "key", (values, http) -> {
                    throw new IllegalStateException("nobody fills it in");
                }))
                .api(ApiAccess.bearer(world.server.issuer().toString()))
                .build();
    }

    @Test
    void ofManyReadersOneTells() {
        Bulla one = world.knowing(asking(REGION));
        Bulla other = world.knowing(asking(REGION));
        List<Boolean> usable = Crowd.of(
                16,
                number -> (number % 2 == 0 ? one : other)
                        .tenant(World.TENANT)
                        .connections()
                        .get("notes")
                        .usable());

        assertThat(usable).containsOnly(false);
        other.close();
        assertThat(heard.rest(one)).hasSize(2);
    }

    @Test
    void changeThatCanNotBeNotedIsToldAtTheNextReading() {
        Connections owner = upgraded(REGION);
        faults.before("connections.update", 1);
        assertThat(owner.get("notes").missing()).containsExactly("region");
        assertThat(use()).isEqualTo(200);
        assertThat(owner.get("notes").missing()).containsExactly("region");

        assertThat(heard.rest(world.bulla))
                .containsExactly(changed(owner.get("notes"), "region"), new SetupRequiredChanged("acme", NOON, true));
    }

    @Test
    void secretThatDoesNotOpenKeepsNobodyFromSwitchingOff() {
        ConnectionStore rows = faults.store().connections();
        ConnectionRow row = rows.findByName("acme", "notes").orElseThrow();
        AppRow app = rows.findApp("acme", String.valueOf(row.appId())).orElseThrow();
        Sealed broken = Sealed.of(new byte[64], 1);
        rows.update(
                row,
                new AppRow(
                        app.id(),
                        app.tenant(),
                        app.connectionId(),
                        app.clientId(),
                        broken,
                        app.sealNo(),
                        app.retired(),
                        app.createdAt()));
        Connections owner = upgraded(REGION);

        assertThat(Stage.failure(() -> owner.disable("notes")).code()).isEqualTo(ErrorCode.RECORD_REFUSED);
        assertThat(rows.findByName("acme", "notes").orElseThrow().enabled()).isFalse();
    }

    @Test
    void formOfARowThatNotesNoneIsNotedWithTheNextSave() {
        ConnectionRow row =
                faults.store().connections().findByName("acme", "notes").orElseThrow();
        faults.store().connections().update(withoutNotes(row), null);
        Connections owner = upgraded(REGION.optional());
        owner.list();
        owner.save("notes", Settings.none());
        upgraded().list();

        assertThat(heard.rest(world.bulla))
                .extracting(Object::getClass)
                .containsExactly(ConnectionEvent.Configured.class, ConnectionEvent.FormChanged.class);
    }

    private static ConnectionRow withoutNotes(ConnectionRow row) {
        return new ConnectionRow(
                row.id(),
                row.tenant(),
                row.name(),
                row.provider(),
                row.mode(),
                row.enabled(),
                row.complete(),
                row.required(),
                row.revision(),
                row.appId(),
                row.scopes(),
                "",
                row.sealed(),
                row.sealNo(),
                row.rowVersion(),
                "by-hand",
                row.rulesNo(),
                row.createdAt(),
                row.changedAt());
    }

    @Test
    void providerThatIsNotRegisteredHasNoOtherForm() {
        Connections owner = upgraded(keyed(Field.secret("key", "Key", "")));
        assertThat(owner.get("notes").missing()).containsExactly("provider");

        assertThat(upgraded(asking()).get("notes").usable()).isTrue();
        assertThat(heard.rest(world.bulla)).isEmpty();
    }
}
