package dev.bulla.journeys;

import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose verbs fail to order, before or after they are carried out. Verbs are named like {@code flows.take}. */
final class FaultyStore {
    private final Map<String, AtomicInteger> before = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> after = new ConcurrentHashMap<>();
    private final Map<String, Runnable> first = new ConcurrentHashMap<>();
    private final Store store;

    FaultyStore(Store inner) {
        store = (Store) around(Store.class, inner, "");
    }

    Store store() {
        return store;
    }

    /** The verb never reaches the database, so many times. */
    void before(String verb, int times) {
        before.put(verb, new AtomicInteger(times));
    }

    /** The verb is carried out and its answer lost, so many times. */
    void after(String verb, int times) {
        after.put(verb, new AtomicInteger(times));
    }

    /** Something else happens first, once. */
    void first(String verb, Runnable event) {
        first.put(verb, event);
    }

    private Object around(Class<?> type, Object inner, String prefix) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            String verb = prefix + method.getName();
            Runnable event = first.remove(verb);
            if (event != null) {
                event.run();
            }
            strike(before, verb);
            Object answer;
            try {
                answer = method.invoke(inner, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            strike(after, verb);
            return prefix.isEmpty() && method.getReturnType().getName().startsWith("dev.bulla.store.")
                    ? around(method.getReturnType(), answer, method.getName() + ".")
                    : answer;
        });
    }

    private static void strike(Map<String, AtomicInteger> orders, String verb) {
        AtomicInteger left = orders.get(verb);
        if (left != null && left.getAndDecrement() > 0) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "the database is away");
        }
    }
}
