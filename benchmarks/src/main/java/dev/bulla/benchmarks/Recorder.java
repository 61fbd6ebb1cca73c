package dev.bulla.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Listens to what one thread sends through a pool, so that "the same SELECT" is the very same. */
final class Recorder {
    /** A statement as it was sent. */
    record Sent(String sql, SortedMap<Integer, Object> values) {}

    private final List<Sent> sent = new ArrayList<>();
    private final DataSource pool;
    private final Thread thread = Thread.currentThread();

    Recorder(DataSource pool) {
        this.pool = pool;
    }

    DataSource pool() {
        return (DataSource) wrap(DataSource.class, pool);
    }

    /** What was sent meanwhile. */
    List<Sent> during(Runnable work) {
        sent.clear();
        work.run();
        return List.copyOf(sent);
    }

    private Object wrap(Class<?> type, Object target) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            Object answer = call(target, method, arguments);
            if (Thread.currentThread() != thread) {
                return answer;
            }
            if (method.getName().equals("getConnection") && answer instanceof Connection) {
                return wrap(Connection.class, answer);
            }
            if (method.getName().equals("prepareStatement")) {
                sent.add(new Sent((String) arguments[0], new TreeMap<>()));
                return wrap(PreparedStatement.class, answer);
            }
            if (target instanceof PreparedStatement && method.getName().startsWith("set") && arguments.length == 2) {
                sent.get(sent.size() - 1).values().put((Integer) arguments[0], arguments[1]);
            }
            return answer;
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
