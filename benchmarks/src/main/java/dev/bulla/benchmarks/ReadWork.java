package dev.bulla.benchmarks;

import dev.bulla.Session;
import dev.bulla.provider.Secret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;
import org.springframework.security.core.Authentication;

/** One call each, for a credential that is valid. {@link Read} runs them. */
@Warmup(iterations = 3, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadWork {
    /** What opens records is compiled for good after some 13,000 calls; measured after 5,000 it takes half as long again. */
    private static final int OPENING = 10;

    /** What all calls share. */
    @State(Scope.Benchmark)
    public static class Shared {
        @Param({"h2", "postgres"})
        public String database = "";

        Subject subject;
        String sameSelect;
        int idPosition;
        int[] sameTypes;
        int[] bareTypes;
        String bareSelect;
        List<Authentication> principals;

        @Setup
        public void open() throws SQLException {
            subject = new Subject(database.equals("h2") ? Databases.h2() : System.getProperty("bulla.postgres"), 8);
            sameSelect = subject.glance.sql();
            idPosition = subject.glance.values().get(1).equals(Subject.TENANT) ? 2 : 1;
            bareSelect = "select * from bulla_account where id = ?";
            sameTypes = types(sameSelect, 2);
            bareTypes = types(bareSelect, 1);
            principals = IntStream.range(0, Subject.MEMBERS)
                    .mapToObj(number -> SpringPeer.principal(Subject.user(number)))
                    .toList();
        }

        private int[] types(String sql, int parameters) throws SQLException {
            try (Connection connection = subject.pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 1; i <= parameters; i++) {
                    statement.setString(i, "");
                }
                try (ResultSet result = statement.executeQuery()) {
                    int[] types = new int[result.getMetaData().getColumnCount()];
                    for (int i = 0; i < types.length; i++) {
                        types[i] = result.getMetaData().getColumnType(i + 1);
                    }
                    return types;
                }
            }
        }

        @TearDown
        public void close() {
            subject.close();
        }
    }

    /** Whose turn it is. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        @Setup
        public void start(ThreadParams threads) {
            next = threads.getThreadIndex() * 8;
        }

        int next() {
            next = (next + 1) % Subject.MEMBERS;
            return next;
        }
    }

    @Benchmark
    public Secret warm(Shared shared, Turn turn) {
        return shared.subject.sessions.get(turn.next()).tokenForSdk(Subject.NAME);
    }

    @Benchmark
    public void same(Shared shared, Turn turn, Blackhole hole) throws SQLException {
        try (Connection connection = shared.subject.pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(shared.sameSelect)) {
            statement.setString(shared.idPosition, shared.subject.ids.get(turn.next()));
            statement.setString(3 - shared.idPosition, Subject.TENANT);
            read(statement, shared.sameTypes, hole);
        }
    }

    @Benchmark
    public void bare(Shared shared, Turn turn, Blackhole hole) throws SQLException {
        try (Connection connection = shared.subject.pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(shared.bareSelect)) {
            statement.setString(1, shared.subject.ids.get(turn.next()));
            read(statement, shared.bareTypes, hole);
        }
    }

    private static void read(PreparedStatement statement, int[] types, Blackhole hole) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("no row");
            }
            for (int i = 0; i < types.length; i++) {
                switch (types[i]) {
                    case Types.BIGINT -> {
                        hole.consume(row.getLong(i + 1));
                        hole.consume(row.wasNull());
                    }
                    case Types.INTEGER -> hole.consume(row.getInt(i + 1));
                    case Types.BIT, Types.BOOLEAN -> hole.consume(row.getBoolean(i + 1));
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                        hole.consume(row.getBytes(i + 1));
                    default -> hole.consume(row.getString(i + 1));
                }
            }
        }
    }

    @Benchmark
    public String spring(Shared shared, Turn turn) {
        return shared.subject.spring.token(shared.principals.get(turn.next()));
    }

    @Benchmark
    public String google(Shared shared, Turn turn) {
        return shared.subject.google.token(Subject.user(turn.next()));
    }

    @Benchmark
    @Warmup(iterations = OPENING, time = 1)
    public Secret newVersion(Shared shared, Turn turn) {
        return shared.subject.surprised.get(turn.next()).tokenForSdk(Subject.NAME);
    }

    @Benchmark
    @Warmup(iterations = OPENING, time = 1)
    public Secret unlock(Shared shared, Turn turn) {
        int number = turn.next();
        try (Session session = shared.subject.members.get(number).session(shared.subject.keys.get(number))) {
            return session.tokenForSdk(Subject.NAME);
        }
    }
}
