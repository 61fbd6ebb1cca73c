package dev.bulla.springboot;

import dev.bulla.integrations.springmvc.BullaMapping;
import dev.bulla.testkit.web.AdapterContract;
import dev.bulla.web.WebHandler;
import jakarta.servlet.Filter;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC without Boot, below a context path, behind the filters that read parameters before anybody else. */
class SpringMvcTest extends AdapterContract {
    private static final AtomicReference<WebHandler> HANDLER = new AtomicReference<>();
    private static Tomcat tomcat;

    @TempDir
    private static File directory;

    @Override
    protected URI start(WebHandler handler) throws Exception {
        HANDLER.set(handler);
        if (tomcat == null) {
            tomcat = server();
        }
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app/bulla");
    }

    /** The filter that looks for a method in forms. */
    @Override
    protected boolean hasReadBefore(boolean form) {
        return form;
    }

    @Override
    protected void stop() {}

    @AfterAll
    static void end() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        tomcat = null;
    }

    private static Tomcat server() throws Exception {
        Tomcat server = new Tomcat();
        server.setBaseDir(directory.toString());
        server.setPort(0);
        server.getConnector()
                .setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        Context context = server.addContext("/app", directory.toString());
        for (Filter filter :
                List.of(new CharacterEncodingFilter("UTF-8"), new HiddenHttpMethodFilter(), new FormContentFilter())) {
            FilterDef definition = new FilterDef();
            definition.setFilterName(filter.getClass().getSimpleName());
            definition.setFilter(filter);
            context.addFilterDef(definition);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName(definition.getFilterName());
            mapping.addURLPattern("/*");
            context.addFilterMap(mapping);
        }
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Host.class);
        Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
        context.addServletMappingDecoded("/", "spring");
        server.start();
        return server;
    }

    @Configuration
    @EnableWebMvc
    static class Host {
        @Bean
        HandlerMapping bulla() {
            return BullaMapping.at("/bulla", request -> HANDLER.get().handle(request));
        }

        @Bean
        Everything everything() {
            return new Everything();
        }
    }

    /** A controller of the host that would like to have every address. */
    @Controller
    static class Everything {
        @RequestMapping("/**")
        String all() {
            throw new AssertionError("not asked");
        }
    }
}
