package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.integrations.springmvc.BullaMapping;
import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.integrations.springmvc.SpringSecurityHost;
import dev.bulla.pages.BullaPages;
import dev.bulla.pages.PageOptions;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Limits;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Handlers, with the pages before them where bulla-pages is on the class path, at the path of the base URI in Spring MVC. Who is calling says a bean of type
 * {@link Callers}, or {@link WebHost} where Spring Security is not what people log in with.
 */
@AutoConfiguration(after = BullaAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(Bulla.class)
@ConditionalOnBooleanProperty(name = "bulla.web.enabled", matchIfMissing = true)
public class BullaWebAutoConfiguration {
    @Configuration(proxyBeanMethods = false)
    @Order(1)
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

    @Configuration(proxyBeanMethods = false)
    @Order(2)
    @ConditionalOnClass(BullaPages.class)
    @ConditionalOnBean(WebHost.class)
    @ConditionalOnMissingBean(WebHandler.class)
    @ConditionalOnBooleanProperty(name = "bulla.pages.enabled", matchIfMissing = true)
    static class OnPages {
        @Bean
        @ConditionalOnMissingBean
        PageOptions bullaPageOptions(BullaProperties properties, ObjectProvider<Limits> limits) {
            BullaProperties.Pages pages = properties.pages();
            PageOptions options = PageOptions.of(pages.title()).limits(limits.getIfAvailable(Limits::standard));
            if (pages.home() != null) {
                options = options.home(pages.home());
            }
            return pages.stylesheet() == null ? options : options.stylesheet(pages.stylesheet());
        }

        @Bean
        WebHandler bullaHandler(Bulla bulla, WebHost host, PageOptions options) {
            return BullaPages.of(bulla, host, options);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Order(3)
    @ConditionalOnBean(WebHost.class)
    @ConditionalOnMissingBean(WebHandler.class)
    static class WithoutPages {
        @Bean
        WebHandler bullaHandler(Bulla bulla, WebHost host, ObjectProvider<Limits> limits) {
            return BullaHandlers.of(bulla, host, limits.getIfAvailable(Limits::standard));
        }
    }

    /** Where Bulla stands within the application. */
    static String path(Bulla bulla, WebApplicationContext context) {
        ServletContext servlets = context.getServletContext();
        return Base.path(bulla, servlets == null ? "" : servlets.getContextPath());
    }

    @Bean
    @ConditionalOnBean(WebHandler.class)
    HandlerMapping bullaMapping(Bulla bulla, WebHandler handler, WebApplicationContext context) {
        return BullaMapping.at(path(bulla, context), handler);
    }
}
