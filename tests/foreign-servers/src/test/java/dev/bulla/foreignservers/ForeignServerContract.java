package dev.bulla.foreignservers;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds against each of the servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForeignServerContract {
    private World world;

    /** Starts it, or skips the tests with the reason. */
    abstract ForeignServer server() throws Exception;

    @org.junit.jupiter.api.BeforeAll
    void start() throws Exception {
        world = World.with(server());
    }

    @AfterAll
    void stop() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void nothingIsRedeemedTwiceAndNobodyIsLost() throws Exception {
        Checks.calm(new Trial(world, "calm-", Duration.ofMinutes(1), null).run());
    }

    @Test
    void stopsAndKillsExplainWhatIsRedeemedTwice() throws Exception {
        Checks.chaos(new Trial(world, "chaos-", Duration.ofSeconds(20), 1L).run());
    }
}
