package dev.bulla.integrations.springboot;

import dev.bulla.error.BullaException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says, in place of a stack trace, what to write where a start failed for want of it. */
final class BullaFailureAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SetupMissing missing) {
                return new FailureAnalysis(missing.getMessage(), missing.action(), missing);
            }
            if (cause instanceof BullaException refused) {
                return new FailureAnalysis("Bulla can not start: " + refused.getMessage(), action(refused), refused);
            }
        }
        return null;
    }

    private static @Nullable String action(BullaException refused) {
        String message = String.valueOf(refused.getMessage());
        return switch (refused.code()) {
            case SETUP -> setup(message);
            case HOST_KEY_MISSING ->
                "Bring the file that has these terms to this node, and name it in bulla.host-keys.";
            case STORE_UNAVAILABLE -> "Look whether the database of spring.datasource.url is reachable.";
            default -> null;
        };
    }

    private static @Nullable String setup(String message) {
        if (message.contains("schema version")) {
            return """
                    Run the file with your migration tool. Or let this application make its tables, where its user of the database may:

                        bulla.initialize-schema=always""";
        }
        if (message.contains("environment")) {
            return "Is this the right database? Its name for where it belongs is to be the same as bulla.environment.";
        }
        if (message.contains("baseUri")) {
            return "Write it as browsers see it: bulla.base-uri=https://app.example.com/bulla";
        }
        return null;
    }
}
