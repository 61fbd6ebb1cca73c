package dev.bulla.cedar;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.bulla.policy.Question;
import dev.bulla.tool.Sight;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts our calls to the real engine. */
final class Engine {
    private static final EntityTypeName ACTION = type("Action");
    private static final EntityUID MEMBER = type("Member").of("one");
    private static final EntityUID RESOURCE = type("Resource").of("one");

    private final AuthorizationEngine engine = new BasicAuthorizationEngine();

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }

    /** The same policies in Cedar, under the ids that they have with us. */
    static PolicySet policies(List<dev.bulla.policy.PolicySet.Entry> entries) throws Exception {
        Set<Policy> policies = new HashSet<>();
        entries.forEach(entry ->
                policies.add(new Policy(entry.policy().toCedar(), entry.ref().id())));
        PolicySet set = new PolicySet(policies);
        set.cache();
        return set;
    }

    AuthorizationSuccessResponse decide(PolicySet policies, Draw.Case one) throws AuthException {
        Question question = one.question();
        Entity action = action(question);
        Entity resource = new Entity(RESOURCE, resource(question.resource(), one.about()), Set.of());
        AuthorizationResponse response = engine.isAuthorized(
                new AuthorizationRequest(MEMBER, action.getEUID(), RESOURCE, context(question)),
                policies,
                Set.of(action, resource));
        return response.success.orElseThrow(() -> new AssertionError(String.valueOf(response)));
    }

    private static Entity action(Question question) {
        String name = question.tool().orElse("no tool");
        if (name.equals(dev.bulla.policy.Policy.TOKEN)) {
            return new Entity(ACTION.of(name), Map.of(), Set.of());
        }
        Set<EntityUID> parents = new HashSet<>();
        parents.add(ACTION.of("tier:" + question.tier().name().toLowerCase(Locale.ROOT)));
        if (question.toolUnclear()) {
            parents.add(ACTION.of("tool:unclear"));
        }
        return new Entity(ACTION.of(name), Map.of(), parents);
    }

    private static Map<String, Value> resource(Sight sight, Map<String, Set<String>> about) {
        Map<String, Value> attributes = new HashMap<>();
        if (sight instanceof Sight.Known known) {
            CedarMap facts = new CedarMap();
            about.forEach((name, values) -> facts.put(name, texts(values)));
            attributes.put("kind", new PrimString(known.resource().kind()));
            attributes.put("id", new PrimString(known.resource().id()));
            attributes.put("about", facts);
        } else if (sight instanceof Sight.None) {
            attributes.put("kind", new PrimString(""));
        }
        return attributes;
    }

    private static CedarList texts(Collection<String> values) {
        CedarList list = new CedarList();
        values.forEach(value -> list.add(new PrimString(value)));
        return list;
    }

    private static Context context(Question question) {
        CedarMap clock = new CedarMap();
        for (ZoneId zone : Draw.ZONES) {
            ZonedDateTime there = question.at().atZone(zone);
            CedarMap face = new CedarMap();
            face.put("hour", new PrimLong(there.getHour()));
            face.put("day", new PrimLong(there.getDayOfWeek().getValue() % 7));
            face.put("date", new PrimLong(there.toLocalDate().toEpochDay()));
            face.put("dayBefore", new PrimLong(there.getDayOfWeek().minus(1).getValue() % 7));
            face.put("dateBefore", new PrimLong(there.toLocalDate().toEpochDay() - 1));
            clock.put(zone.getId(), face);
        }
        Map<String, Value> context = new HashMap<>();
        context.put("member", new PrimString(question.member()));
        context.put("denials", new PrimLong(question.denialsInSession()));
        context.put("clock", clock);
        return new Context(context);
    }
}
