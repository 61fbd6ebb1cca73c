package dev.bulla.examples.plainservlet;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.servlet.BullaServlet;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.pages.BullaPages;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.h2.jdbcx.JdbcConnectionPool;

/** A whole host: a database in memory, a service to connect to, Bulla, and a servlet container. */
public final class PlainServlet implements AutoCloseable {
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final AuthorizationServer notes = AuthorizationServer.builder()
            .name("Demo Notes")
            .user("mia", "mia", "Mia Example")
            .start();
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:plain-servlet", "", "");
    private final Tomcat tomcat = new Tomcat();
    private final Bulla bulla;

    private PlainServlet(Path directory, int port) throws LifecycleException {
        TOMCAT.setLevel(Level.SEVERE);
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context application = tomcat.addContext("", directory.toString());
        tomcat.init(); // from here on the port is known

        SchemaInstaller.install(database);
        HttpSettings http =
                HttpSettings.standard().reaching("127.0.0.1:" + notes.port()); // because it is no public address
        bulla = Bulla.builder()
                .store(JdbcStore.of(database))
                .environment("plain-servlet")
                .hostKeys(HostKeyring.ephemeral()) // as long as the database lives; else HostKeyring.fromFile
                .baseUri(address() + "/bulla")
                .returnTo(address() + "/")
                .http(http)
                .providers(CustomProvider.discover(
                                "notes", "Demo Notes", notes.issuer().toString(), http)
                        .create())
                .build();
        configure(bulla.tenant(SessionLogin.TENANT).connections());

        filter(application);
        ServletContextListener ending = new ServletContextListener() {
            @Override
            public void contextDestroyed(ServletContextEvent event) {
                bulla.close(); // waits for refreshes under way
            }
        };
        application.addServletContainerInitializer((classes, context) -> context.addListener(ending), null);
        serve(application, "/bulla/*", BullaServlet.of(BullaPages.of(bulla, new SessionLogin())));
        serve(application, "/", new Application(bulla));
        tomcat.start();
    }

    /** What an owner does once: an app at the service, whose redirect URI is known before, and its id and secret here. */
    private void configure(Connections owner) {
        URI redirect = owner.create("notes", "notes").redirectUri();
        notes.registerClient("plain-servlet", "a-secret", redirect.toString());
        owner.save("notes", Settings.clientId("plain-servlet").clientSecret("a-secret"));
    }

    private static void filter(Context application) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("current");
        filter.setFilter(new CurrentRequest());
        application.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("current");
        everywhere.addURLPattern("/*");
        application.addFilterMap(everywhere);
    }

    private static void serve(Context application, String pattern, HttpServlet servlet) {
        Tomcat.addServlet(application, pattern, servlet);
        application.addServletMappingDecoded(pattern, pattern);
    }

    /**
     * @param directory for what Tomcat leaves there
     * @param port 0 takes any free one
     */
    public static PlainServlet start(Path directory, int port) {
        try {
            return new PlainServlet(directory, port);
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not start", e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } finally {
            database.dispose();
            notes.close();
        }
    }

    public static void main(String[] args) throws IOException {
        PlainServlet host = start(
                Files.createTempDirectory("plain-servlet"),
                Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop"));
        System.out.println(
                host.address() + "  (log in under any name; at Demo Notes you are mia, with the password mia)");
    }
}
