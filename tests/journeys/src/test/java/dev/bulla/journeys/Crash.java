package dev.bulla.journeys;

import dev.bulla.Bulla;
import dev.bulla.audit.AuditSettings;
import dev.bulla.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that dies at its n-th write: from then on nothing of it reaches the database any more. */
final class Crash {
    private static final Set<String> WRITES = Set.of(
            "members.update",
            "accounts.claim",
            "accounts.store",
            "accounts.settle",
            "accounts.mark",
            "accounts.clear",
            "accounts.clearKeepingIdentity");

    /** Longer than a claim that the dead process may have held. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final int at;
    private final boolean before;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean dead;

    /** @param before whether the last write is lost too */
    Crash(int at, boolean before) {
        this.at = at;
        this.before = before;
    }

    /** Runs a story in a process of its own until it ends or dies. */
    boolean strikes(World world, Store store, Story story) {
        Bulla bulla = world.start(
                (Store) around(Store.class, store, ""),
                setup -> setup.audit(AuditSettings.off())); // it would wait for the dead
        try {
            story.tell(bulla);
        } catch (Died | IllegalStateException e) {
            // the caller of a process that died hears nothing
        }
        bulla.close();
        world.time.advance(CLAIM);
        return dead;
    }

    /** What the process does. */
    interface Story {
        void tell(Bulla bulla);
    }

    private Object call(String verb, Callable<Object> inner) throws Exception {
        boolean last = WRITES.contains(verb) && writes.incrementAndGet() == at;
        if (dead || (last && before)) {
            dead = true;
            throw new Died();
        }
        Object answer = inner.call();
        if (last) {
            dead = true;
            throw new Died();
        }
        return answer;
    }

    private Object around(Class<?> type, Object inner, String prefix) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Callable<Object> call = () -> {
                try {
                    return method.invoke(inner, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception known ? known : e;
                }
            };
            boolean rows = prefix.isEmpty() && method.getReturnType().isInterface();
            return rows
                    ? around(method.getReturnType(), call.call(), method.getName() + ".")
                    : call(prefix + method.getName(), call);
        });
    }

    /** The end of the process. */
    private static final class Died extends ThreadDeath {
        private static final long serialVersionUID = 1L;
    }
}
