package dev.bulla.integrations.springmvc;

import dev.bulla.integrations.servlet.BullaServlet;
import dev.bulla.web.WebHandler;
import java.util.Map;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Puts a {@link WebHandler} into Spring MVC:
 *
 * <pre>{@code
 * @Bean
 * HandlerMapping bulla(Bulla bulla, Callers callers) {
 *     return BullaMapping.at("/bulla", BullaHandlers.of(bulla, SpringSecurityHost.of(callers)));
 * }
 * }</pre>
 *
 * <p>It comes before the host's controllers, so one of theirs with a wider pattern hides nothing. Requests are read and answers written
 * as {@link BullaServlet} does it. It needs neither Spring Boot nor message converters; without Boot, a {@code CharacterEncodingFilter} of
 * UTF-8 comes before every filter that reads parameters.
 */
public final class BullaMapping {
    private static final int BEFORE_CONTROLLERS = -10;

    private BullaMapping() {}

    /** @param path where the handler stands within the application, below its context path: that of the base URI. No slash at the end */
    public static HandlerMapping at(String path, WebHandler handler) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("the path begins with a slash and ends with none");
        }
        BullaServlet servlet = BullaServlet.of(handler);
        HttpRequestHandler carrier = servlet::service;
        return new SimpleUrlHandlerMapping(Map.of(path + "/**", carrier), BEFORE_CONTROLLERS);
    }
}
