package dev.bulla.integrations.servlet;

import dev.bulla.testkit.web.AdapterContract;
import dev.bulla.web.WebHandler;
import jakarta.servlet.Filter;
import java.io.File;
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
import org.junit.jupiter.api.io.TempDir;

/** The contract on Tomcat, in an application that is not at the root, behind a filter or none. */
abstract class ServletContract extends AdapterContract {
    private static final Logger QUIET = Logger.getLogger("org.apache");

    @TempDir
    static Path folder;

    private final Tomcat tomcat = new Tomcat();

    /** What stands before the servlet. */
    abstract Filter filter();

    @Override
    protected URI start(WebHandler handler) throws LifecycleException, IOException {
        QUIET.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        File documents = Files.createDirectories(folder.resolve("documents")).toFile();
        Context context = tomcat.addContext("/app", documents.getPath());
        FilterDef filter = new FilterDef();
        filter.setFilterName("host");
        filter.setFilter(filter());
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("host");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        Tomcat.addServlet(context, "bulla", BullaServlet.of(handler));
        context.addServletMappingDecoded("/bulla/*", "bulla");
        tomcat.start();
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app/bulla");
    }

    @Override
    protected void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
