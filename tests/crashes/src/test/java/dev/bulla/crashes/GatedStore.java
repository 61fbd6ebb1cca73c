package dev.bulla.crashes;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts gates before and after the writes of a store, and around their commits. */
final class GatedStore {
    /** A write under way on this thread. */
    private record Verb(String name, String whose) {}

    private final Gate gate;
    private final ThreadLocal<@Nullable Verb> under = new ThreadLocal<>();
    private final ThreadLocal<@Nullable String> claimed = new ThreadLocal<>();
    private final ThreadLocal<Integer> sweeps = new ThreadLocal<>();

    GatedStore(Gate gate) {
        this.gate = gate;
    }

    /** The account that this thread claimed last. */
    String claimed() {
        String id = claimed.get();
        return id == null ? "" : id;
    }

    /** From now on this thread sweeps: it stops before the second account that it looks at. */
    void sweeping() {
        sweeps.set(0);
    }

    Store around(Store store) {
        return proxy(
                Store.class,
                store,
                (method, arguments, call) -> method.getReturnType().isInterface()
                                && method.getReturnType().getName().startsWith("dev.bulla.store.")
                        ? part(method.getReturnType(), call.get())
                        : call.get());
    }

    private <T> Object part(Class<T> type, Object part) {
        return proxy(type, type.cast(part), (method, arguments, call) -> {
            Verb verb = arguments == null ? null : verb(method.getName(), arguments);
            if (verb == null) {
                nextOfSweep(method);
                return call.get();
            }
            gate.at(verb.name + ".before", verb.whose);
            under.set(verb);
            Object answer = call.get();
            under.remove();
            if (verb.name.equals("claim")) {
                claimed.set(verb.whose);
            }
            gate.at(verb.name + ".after", verb.whose);
            return answer;
        });
    }

    private void nextOfSweep(Method method) {
        Integer seen = sweeps.get();
        if (seen != null
                && method.getName().equals("find")
                && method.getParameterCount() == 2
                && method.getDeclaringClass().getSimpleName().equals("AccountStore")) {
            sweeps.set(seen + 1);
            if (seen == 1) {
                gate.at("sweep.between", "*");
            }
        }
    }

    private static @Nullable Verb verb(String method, Object[] arguments) {
        if (method.equals("claim")) {
            return new Verb(arguments[4] == null ? "reseal-claim" : "claim", ((Claimed) arguments[1]).id());
        } else if (arguments[0] instanceof SealedWrite write) {
            return new Verb(write.resealed() ? "reseal" : "store", write.id());
        } else if (arguments[0] instanceof AccountRow row) {
            return new Verb("keep", row.member());
        } else if (method.startsWith("clear")) {
            return new Verb("clear", (String) arguments[1]);
        } else if (method.equals("update") && arguments[0] instanceof MemberRow row) {
            return new Verb("key", row.member());
        }
        return null;
    }

    /** Gates at the commit of a write: {@code open} when everything but the commit was sent, {@code done} before it is known. */
    DataSource around(DataSource pool) {
        return proxy(
                DataSource.class,
                pool,
                (method, arguments, call) ->
                        method.getName().equals("getConnection") ? around((Connection) call.get()) : call.get());
    }

    private Connection around(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments, call) -> {
            Verb verb = method.getName().equals("commit") ? under.get() : null;
            if (verb == null) {
                return call.get();
            }
            gate.at(verb.name + ".open", verb.whose);
            Object answer = call.get();
            gate.at(verb.name + ".done", verb.whose);
            return answer;
        });
    }

    private interface Way {
        @Nullable
        Object go(Method method, Object @Nullable [] arguments, Supplier<Object> call);
    }

    private static <T> T proxy(Class<T> type, T inner, Way way) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return way.go(method, arguments, () -> {
                            try {
                                return method.invoke(inner, arguments);
                            } catch (InvocationTargetException e) {
                                throw new Carried(e.getCause());
                            } catch (IllegalAccessException e) {
                                throw new IllegalStateException(e);
                            }
                        });
                    } catch (Carried e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Brings what a verb threw through the gates. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Carried(Throwable cause) {
            super(cause);
        }
    }
}
