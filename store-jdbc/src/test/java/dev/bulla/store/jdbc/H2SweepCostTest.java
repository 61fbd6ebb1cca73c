package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2SweepCostTest extends SweepCostContract {
    private static final Pattern READ =
            Pattern.compile("cost_account_(?:due|look)\\b.*?scancount: (\\d+)", Pattern.DOTALL);
    private static final JdbcDataSource DATABASE = new JdbcDataSource();

    static {
        DATABASE.setURL("jdbc:h2:mem:sweep-cost;DB_CLOSE_DELAY=-1");
    }

    @Override
    DataSource database() {
        return DATABASE;
    }

    @Override
    String numbers(int count) {
        return "select x as n from system_range(1, " + count + ")";
    }

    @Override
    int accountsRead(String plan) {
        String lower = plan.toLowerCase(Locale.ROOT);
        assertThat(lower).contains("index sorted").doesNotContain("tablescan");
        Matcher read = READ.matcher(lower);
        assertThat(read.find()).as(plan).isTrue();
        return Integer.parseInt(read.group(1));
    }
}
