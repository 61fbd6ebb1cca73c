package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A program in another language, with other implementations of HPKE, HKDF, AES-GCM and Bech32m, opens the golden
 * records from the written format. Skipped, with the reason, where Node 18 or its package registry is not at hand.
 */
class IndependentOpeningTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path SOURCE = MODULE.resolve("src/test/node");
    private static final Path WORK = MODULE.resolve("target/node");
    private static final Path LOG = WORK.resolve("output.txt");
    private static final Pattern REGISTRY_AWAY = Pattern.compile(
            "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|code E[45]\\d\\d");

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(WORK);
        assumeTrue(run("node", "--version") == 0, "node is not installed");
        int major = Integer.parseInt(output().replaceAll("(?s)^v(\\d+)\\..*", "$1"));
        assumeTrue(major >= 18, "node is older than 18");
        for (String name : new String[] {"open-record.mjs", "package.json", "package-lock.json"}) {
            Files.copy(SOURCE.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        int exit = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        if (exit != 0 && (exit == 127 || REGISTRY_AWAY.matcher(output()).find())) {
            abort("npm or its package registry is not at hand");
        }
        assertThat(exit).as(output()).isZero();
    }

    @Test
    void anIndependentProgramOpensTheMemberRecord() throws Exception {
        assertThat(opened("record-v1-member.json"))
                .isEqualTo(new String(Golden.member().payload(), StandardCharsets.UTF_8));
    }

    @Test
    void anIndependentProgramOpensTheHostRecord() throws Exception {
        assertThat(opened("record-v1-host.json"))
                .isEqualTo(new String(Golden.host().payload(), StandardCharsets.UTF_8));
    }

    private static String opened(String name) throws Exception {
        Path golden = MODULE.resolve("src/test/resources/dev/bulla/seal").resolve(name);
        int exit = run("node", "open-record.mjs", golden.toAbsolutePath().toString());
        assertThat(exit).as(output()).isZero();
        return output();
    }

    private static String output() throws IOException {
        return Files.readString(LOG);
    }

    /** The exit code; 127 where there is no such program. */
    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(WORK.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " did not end");
            }
            return process.exitValue();
        } catch (IOException e) {
            return 127;
        }
    }
}
