package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.integrations.springmvc.BullaMapping;
import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.integrations.springmvc.SpringSecurityHost;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Handlers, and pages where they are on the class path, at the path of the base URI in Spring MVC. Who is calling says a bean of type
 * {@link Callers}, or {@link WebHost} where Spring Security is not what people log in with.
 */
@AutoConfiguration(after = BullaAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(Bulla.class)
@ConditionalOnBooleanProperty(name = "bulla.web.enabled", matchIfMissing = true)
public class BullaWebAutoConfiguration {
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.security.web.csrf.DeferredCsrfToken")
    @ConditionalOnMissingBean(WebHost.class)
    static class OnSpringSecurity {
        @Bean
        WebHost bullaHost(ObjectProvider<Callers> callers) {
            Callers host = callers.getIfAvailable(() -> {
                throw new SetupMissing("Bulla does not know who is calling.", """
                        Say it in a bean:

                            @Bean
                            Callers callers() {
                                return login -> new Caller("your tenant", login.getName(), /* may configure connections */ false);
                            }

                        Or switch browsers off: bulla.web.enabled=false""");
            });
            return SpringSecurityHost.of(host);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(WebHost.class)
    WebHandler bullaHandler(Bulla bulla, WebHost host) {
        return BullaHandlers.of(bulla, host);
    }

    @Bean
    @ConditionalOnBean(WebHandler.class)
    HandlerMapping bullaMapping(Bulla bulla, WebHandler handler, WebApplicationContext context) {
        String contextPath = context.getServletContext() == null
                ? ""
                : context.getServletContext().getContextPath();
        return BullaMapping.at(Base.path(bulla, contextPath), handler);
    }
}
