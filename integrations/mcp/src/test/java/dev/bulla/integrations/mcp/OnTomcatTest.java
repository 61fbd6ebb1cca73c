package dev.bulla.integrations.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.integrations.mcp.Office.Answer;
import dev.bulla.integrations.mcp.Office.Client;
import dev.bulla.integrations.servlet.BullaServlet;
import dev.bulla.web.WebHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same server in a servlet container. */
class OnTomcatTest extends SdkClientTest {
    private static final Logger QUIET = Logger.getLogger("org.apache");

    @TempDir
    static Path folder;

    private static final class OnTomcat implements Office.Carrier {
        private final Tomcat tomcat = new Tomcat();

        @Override
        public String start(WebHandler handler) throws IOException {
            QUIET.setLevel(Level.SEVERE);
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext(
                    "", Files.createDirectories(folder.resolve("documents")).toString());
            Tomcat.addServlet(context, "mcp", BullaServlet.of(handler));
            context.addServletMappingDecoded("/mcp/*", "mcp");
            try {
                tomcat.start();
            } catch (LifecycleException e) {
                throw new IOException(e);
            }
            return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }

    @Override
    Office office() {
        return new Office(new OnTomcat());
    }

    @Test
    void statusesAndHeadersArrive() {
        try (Office office = office()) {
            Answer nobody = office.client(null).initialize("2025-11-25");
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("WWW-Authenticate")).startsWith("Bearer realm=");
            Client alice = office.client(office.connected("alice")).begun();
            assertThat(alice.call("notes__create_note", Map.of("title", "h\u00e9"))
                            .result())
                    .containsEntry("structuredContent", Map.of("made", Map.of("title", "h\u00e9")));
            assertThat(alice.send("GET", "/mcp/acme", "").header("Allow")).isEqualTo("POST, DELETE");
            Answer gone = alice.send("DELETE", "/mcp/acme", "");
            assertThat(gone.status()).isEqualTo(204);
            assertThat(gone.header("Cache-Control")).isEqualTo("no-store");
            assertThat(alice.ask("ping", Map.of()).status()).isEqualTo(404);
        }
    }
}
