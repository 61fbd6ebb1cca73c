package dev.bulla.journeys;

import dev.bulla.ApiRequest;
import dev.bulla.Audit;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.AuditSettings;
import dev.bulla.limit.RateLimits;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A tenant with a service, and what its audit says. */
final class Chronicle implements AutoCloseable {
    final List<HttpCall> asked = Collections.synchronizedList(new ArrayList<>());
    final FakeService github = FakeService.speaking(GitHub.create()).api(this::answer);
    final TestBulla world = with(AuditSettings.standard()).at("2026-11-20T12:00:00Z");
    final Member alice = member("alice");

    private HttpAnswer answer(HttpCall call) {
        asked.add(call);
        return FakeService.json(201, "{\"token\":\"in-the-answer\"}");
    }

    @Override
    public void close() {
        world.close();
    }

    /** Another one with the same service. */
    TestBulla with(AuditSettings settings) {
        return TestBulla.inMemory(setup -> setup.rateLimits(RateLimits.none()).audit(settings), github);
    }

    Member member(String id) {
        return world.bulla().tenant("acme").member(id);
    }

    Audit owner() {
        return world.bulla().tenant("acme").audit();
    }

    static List<AuditEntry> uses(Audit audit) {
        return audit.query(AuditQuery.all().onlyUses()).entries();
    }

    /** The oldest first. */
    static List<Action> changes(Audit audit) {
        List<Action> actions = new ArrayList<>(audit.query(AuditQuery.all().onlyChanges()).entries().stream()
                .map(entry -> entry.act().action())
                .toList());
        Collections.reverse(actions);
        return actions;
    }

    static void call(Member member, String path) {
        try (Session session = member.session()) {
            session.call("github", ApiRequest.get(path));
        }
    }
}
