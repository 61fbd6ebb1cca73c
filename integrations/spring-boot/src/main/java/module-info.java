/** Bulla in Spring Boot. */
module dev.bulla.integrations.springboot {
    requires transitive dev.bulla.core;
    requires transitive dev.bulla.store.jdbc;
    requires transitive dev.bulla.integrations.springmvc;
    requires transitive spring.boot;
    requires transitive spring.context;
    requires static transitive org.jspecify;
    requires java.sql;
    requires org.slf4j;
    requires spring.beans;
    requires spring.boot.autoconfigure;
    requires spring.core;
    requires spring.web;
    requires static dev.bulla.integrations.micrometer;
    requires static dev.bulla.pages;
    requires static dev.bulla.providers.all;
    requires static jakarta.servlet;
    requires static micrometer.core;
    requires static spring.boot.actuator;
    requires static spring.boot.health;
    requires static spring.boot.sql;
    requires static spring.security.core;
    requires static spring.security.web;
    requires static spring.webmvc;

    exports dev.bulla.integrations.springboot;

    opens dev.bulla.integrations.springboot;
}
