/** The store on plain JDBC. */
module dev.bulla.store.jdbc {
    requires transitive dev.bulla.store;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.bulla.store.jdbc;
}
