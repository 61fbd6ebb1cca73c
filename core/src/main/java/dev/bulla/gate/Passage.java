package dev.bulla.gate;

import dev.bulla.use.Sighting;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call on its way through the gate, and what the steps behind it have found. Used once, by one thread. */
public final class Passage {
    private final Caller caller;
    private final String connection;
    private final String label;
    private @Nullable Sighting seen;

    /** @param connection name of the connection */
    public Passage(Caller caller, String connection, String label) {
        this.caller = caller;
        this.connection = connection;
        this.label = label;
    }

    public Caller caller() {
        return caller;
    }

    /** Its name, as it was called. */
    public String connection() {
        return connection;
    }

    public String label() {
        return label;
    }

    /** What stands behind the name at this call; from the step of enablement on. */
    public Sighting seen() {
        return Objects.requireNonNull(seen, "nothing was looked up yet");
    }

    void see(Sighting value) {
        seen = value;
    }

    @Override
    public String toString() {
        return "Passage[" + connection + "]";
    }
}
