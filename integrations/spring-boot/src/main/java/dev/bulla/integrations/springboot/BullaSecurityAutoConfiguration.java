package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.web.WebHandler;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.context.WebApplicationContext;

/**
 * Lets services through Spring Security to what they ask for without a login and without a form's token: the addresses of webhooks, each of
 * which is verified, and the documents that say who the host is as a client. A chain of no filters, so that none reads the bytes that are
 * signed. Everything else stays with the host's chains: Spring Boot makes its own one only where nobody has made any, so this comes after it.
 */
@AutoConfiguration(
        after = BullaWebAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityFilterChain.class, PathPatternRequestMatcher.class})
@ConditionalOnBean({WebHandler.class, SecurityFilterChain.class})
@ConditionalOnBooleanProperty(name = "bulla.web.open-to-services", matchIfMissing = true)
public class BullaSecurityAutoConfiguration {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain bullaOpenToServices(Bulla bulla, WebApplicationContext context) {
        String path = BullaWebAutoConfiguration.path(bulla, context);
        PathPatternRequestMatcher.Builder matcher = PathPatternRequestMatcher.withDefaults();
        return new DefaultSecurityFilterChain(
                new OrRequestMatcher(matcher.matcher(path + "/hooks/*"), matcher.matcher(path + "/client/*")),
                List.of());
    }
}
