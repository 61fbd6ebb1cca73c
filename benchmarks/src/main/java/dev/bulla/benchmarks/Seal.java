package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.seal.MemberPair;
import dev.bulla.seal.MemberPublicKey;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import dev.bulla.store.jdbc.SchemaInstaller;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/**
 * What sealing adds to the write of a token: the same update of the same row with and without, in turn, on PostgreSQL with {@code
 * fsync}. PostgreSQL on one core, the JVM on the other.
 */
final class Seal {
    private static final int WARM_UP = 1_000;
    /** Until what seals is compiled for good. */
    private static final int SEALED_BEFORE = 15_000;

    private static final int PAIRS = Integer.getInteger("pairs", 4_000);
    private static final String INSERT = """
            insert into bulla_account (id, tenant, member, connection_id, label, app_id, status, scopes, attributes, seal_no, key_no, member_key_no,
                claim_by, claim_until, intent_attempts, row_version, attempt, connected_at, created_at, changed_at)
            values ('a', 't', 'm', 'c', '', 'app', 'ACTIVE', '', '', 0, 1, 1, '', 0, 0, 0, '', 0, 0, 0)""";
    private static final String UPDATE = """
            update bulla_account set sealed = ?, host_term = ?, seal_no = seal_no + 1, row_version = row_version + 1
            where tenant = 't' and id = 'a' and seal_no = ?""";

    private final Sealer sealer;
    private final MemberPublicKey key = MemberPair.of(MemberKey.generate()).publicKey();
    private final HikariDataSource pool;
    private final byte[] payload = new byte[TokenService.ACCESS_LENGTH + TokenService.REFRESH_LENGTH + 200];
    private long sealNo;

    private Seal(HikariDataSource pool) {
        this.pool = pool;
        sealer = new Sealer(HostKeyring.ephemeral());
        new Random(1).nextBytes(payload);
    }

    public static void main(String[] args) throws IOException, SQLException {
        Machine.describe();
        Machine.moveTo(0);
        try (EmbeddedPostgres server = Databases.postgres(true);
                HikariDataSource pool = Databases.pool(Databases.url(server), 2)) {
            Machine.moveTo(1);
            if (!"on".equals(Databases.ask(pool, "show fsync"))) {
                throw new IllegalStateException("fsync is off");
            }
            SchemaInstaller.install(pool);
            Databases.run(pool, INSERT);
            new Seal(pool).run();
        }
    }

    private void run() throws SQLException {
        double[] sealing = new double[PAIRS];
        double[] plain = new double[PAIRS];
        double[] sealed = new double[PAIRS];
        double[] added = new double[PAIRS];
        byte[] ready = seal();
        for (int i = 0; i < SEALED_BEFORE; i++) {
            ready = seal();
        }
        for (int i = -WARM_UP; i < PAIRS; i++) {
            double without = 0;
            double with = 0;
            double alone = 0;
            for (int turn = 0; turn < 2; turn++) {
                long start = System.nanoTime();
                if ((turn + i & 1) == 0) {
                    write(ready);
                    without = micros(start);
                } else {
                    byte[] record = seal();
                    alone = micros(start);
                    write(record);
                    with = micros(start);
                }
            }
            if (i >= 0) {
                sealing[i] = alone;
                plain[i] = without;
                sealed[i] = with;
                added[i] = with - without;
            }
        }
        Figures.of("seal")
                .put("added.micros", Figures.median(added))
                .put("sealing.micros", Figures.median(sealing))
                .put("write.sealed.micros", Figures.median(sealed))
                .put("write.plain.micros", Figures.median(plain))
                .print();
    }

    private static double micros(long start) {
        return (System.nanoTime() - start) / 1_000.0;
    }

    private byte[] seal() {
        return sealer.sealToMember(new SealContext("t", "m", "c", "a", "account", sealNo + 1), key, 1, payload);
    }

    private void write(byte[] record) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setBytes(1, record);
            statement.setInt(2, 1);
            statement.setLong(3, sealNo);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("not written");
            }
            sealNo++;
        }
    }
}
