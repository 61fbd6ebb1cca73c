package dev.bulla.integrations.springboot;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether what is kept ends with this process. */
final class Database {
    private Database() {}

    /** The address of a database in memory. */
    static Optional<String> inMemory(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return Optional.ofNullable(connection.getMetaData().getURL())
                    .filter(address -> address.startsWith("jdbc:h2:mem:"));
        } catch (SQLException e) {
            throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the database is away, slow or contended");
        }
    }
}
