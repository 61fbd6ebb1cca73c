package dev.bulla.store.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2LostCommitTest extends LostCommitContract {
    @Override
    DataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:lost;DB_CLOSE_DELAY=-1");
        return source;
    }
}
