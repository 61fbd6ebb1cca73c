package dev.bulla.gate;

import dev.bulla.entity.EntityLook;
import dev.bulla.entity.EntityLook.Wanted;
import dev.bulla.entity.Home;
import dev.bulla.error.BullaException;
import dev.bulla.policy.ResourceAttributes;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.StoreException;
import dev.bulla.tool.Resource;
import dev.bulla.tool.ToolRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What policies can know of resources: what was listed or told, and, where that is missing or old, what one question at the service
 * tells, asked with the member's own account. That question is the library's own: it is judged by no policy, and its answer goes to
 * nobody. Where it can not be asked, nothing is known. Thread-safe.
 */
public final class Knowledge {
    private final EntityLook look;
    private final Supplier<Forwarding> forwarding;

    public Knowledge(EntityLook look, Supplier<Forwarding> forwarding) {
        this.look = look;
        this.forwarding = forwarding;
    }

    /** What is known during one call; each resource is looked for once. */
    public ResourceAttributes of(Passage passage) {
        Map<Resource, Optional<Map<String, Set<String>>>> known = new HashMap<>();
        return (resource, attribute) -> known.computeIfAbsent(resource, one -> attributes(passage, one))
                .flatMap(all -> Optional.ofNullable(all.get(attribute)));
    }

    private Optional<Map<String, Set<String>>> attributes(Passage passage, Resource resource) {
        Home home =
                new Home(passage.caller().tenant(), passage.seen().connection().id(), passage.provider());
        Optional<Map<String, Set<String>>> known = look.attributes(
                home, passage.caller().member(), resource.kind(), resource.id(), wanted -> ask(passage, wanted));
        known.ifPresent(passage::knows);
        return known;
    }

    private Optional<HttpAnswer> ask(Passage passage, Wanted wanted) {
        try {
            ToolRequest request = wanted.tool().request(wanted.argumentsJson());
            return forwarding.get().ask(passage, Sendable.of(request, passage));
        } catch (StoreException e) {
            throw e;
        } catch (
                BullaException
                        e) { // not connected, not reached, or no id of the kind: what can not be asked is not known
            return Optional.empty();
        }
    }
}
