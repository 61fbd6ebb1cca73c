package dev.bulla.journeys;

import dev.bulla.store.Store;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Stands before a store, counts its verbs and holds or breaks one of them where a test wants it. A verb is named by its part and its
 * method, such as {@code accounts.store}.
 */
final class WatchedStore {
    /** A verb that arrived and waits to be let go. */
    static final class Hold {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Returns when somebody stands at the verb. */
        void arrived() {
            Crowd.pass(arrived);
        }

        void release() {
            released.countDown();
        }
    }

    private final Store store;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Map<String, Supplier<RuntimeException>> faults = new ConcurrentHashMap<>();

    WatchedStore(Store inner) {
        store = watched(Store.class, "", inner);
    }

    Store store() {
        return store;
    }

    /** Holds the next call of a verb before it is carried out. */
    Hold hold(String verb) {
        Hold hold = new Hold();
        holds.put(verb, hold);
        return hold;
    }

    /** Breaks the next call of a verb instead of carrying it out. */
    void breaks(String verb, Supplier<RuntimeException> fault) {
        faults.put(verb, fault);
    }

    void forget() {
        counts.clear();
    }

    /** What was called since {@link #forget}, apart from last-used times and the audit, which are written behind the calls. */
    Map<String, Integer> counts() {
        Map<String, Integer> seen = new ConcurrentHashMap<>(counts);
        seen.remove("accounts.touch");
        seen.remove("audits.insert");
        return seen;
    }

    private <T> T watched(Class<T> type, String part, T inner) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = method.getReturnType().getName().endsWith("Store")
                    ? part(method, inner)
                    : verb(part + method.getName(), method, inner, arguments);
            return answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("unchecked")
    private Object part(Method method, Object inner) throws Throwable {
        return watched((Class<Object>) method.getReturnType(), method.getName() + ".", invoke(method, inner, null));
    }

    private Object verb(String name, Method method, Object inner, Object[] arguments) throws Throwable {
        counts.merge(name, 1, Integer::sum);
        Hold hold = holds.remove(name);
        if (hold != null) {
            hold.arrived.countDown();
            Crowd.pass(hold.released);
        }
        Supplier<RuntimeException> fault = faults.remove(name);
        if (fault != null) {
            throw fault.get();
        }
        return invoke(method, inner, arguments);
    }

    private static Object invoke(Method method, Object inner, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
