package dev.bulla.examples.springboot;

import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.web.Caller;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The whole host: who may log in, and who they are to Bulla. What else there is stands in {@code application.properties}. */
@SpringBootApplication
public class NotesApplication {
    static final String TENANT = "acme";

    private static final SimpleGrantedAuthority OWNER = new SimpleGrantedAuthority("ROLE_OWNER");

    public static void main(String[] arguments) {
        SpringApplication.run(NotesApplication.class, arguments);
    }

    @Bean
    Callers callers() {
        return login ->
                new Caller(TENANT, login.getName(), login.getAuthorities().contains(OWNER));
    }

    /** Everybody's password is the name. */
    @Bean
    UserDetailsService people() {
        return new InMemoryUserDetailsManager(
                User.withUsername("olga").password("{noop}olga").roles("OWNER").build(),
                User.withUsername("alice")
                        .password("{noop}alice")
                        .roles("MEMBER")
                        .build(),
                User.withUsername("bob").password("{noop}bob").roles("MEMBER").build());
    }
}
