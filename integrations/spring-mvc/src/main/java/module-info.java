/** Bulla in Spring MVC, behind Spring Security. */
module dev.bulla.integrations.springmvc {
    requires transitive dev.bulla.core;
    requires transitive spring.web;
    requires transitive spring.webmvc;
    requires static transitive org.jspecify;
    requires static transitive spring.security.core;
    requires static spring.security.web;
    requires dev.bulla.integrations.servlet;
    requires jakarta.servlet;
    requires spring.context;
    requires spring.core;

    exports dev.bulla.integrations.springmvc;
}
