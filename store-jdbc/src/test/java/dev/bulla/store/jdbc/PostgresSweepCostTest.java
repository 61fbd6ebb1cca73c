package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.databases.Postgres;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

class PostgresSweepCostTest extends SweepCostContract {
    private static final Pattern READ = Pattern.compile(
            "Index (?:Only )?Scan using cost_account_\\w+ on cost_account.*?"
                    + "actual time=\\S+ rows=(\\d+)[.\\d]* loops=1\\)(?:\\s+Index Cond: .*)?(?:\\s+Filter: .*)?(?:\\s+Rows Removed by Filter: (\\d+))?");

    @Override
    DataSource database() {
        return Postgres.dataSource();
    }

    @Override
    String numbers(int count) {
        return "select n from generate_series(1, " + count + ") n";
    }

    @Override
    int accountsRead(String plan) {
        assertThat(plan).doesNotContain("Sort", "Seq Scan on cost_account", "Bitmap");
        Matcher read = READ.matcher(plan);
        assertThat(read.find()).as(plan).isTrue();
        return Integer.parseInt(read.group(1)) + (read.group(2) == null ? 0 : Integer.parseInt(read.group(2)));
    }
}
