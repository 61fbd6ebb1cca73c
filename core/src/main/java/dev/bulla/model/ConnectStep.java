package dev.bulla.model;

import dev.bulla.provider.Field;
import java.net.URI;
import java.util.List;

/** What the host does next to connect a member: send the browser away, or show a form. */
public sealed interface ConnectStep {
    /**
     * Send the browser to {@code location} and set {@code cookie}: it ties the callback to this browser. {@code toString} shows the
     * host only.
     *
     * @param location the service's authorization URL
     * @param cookie to be set with the redirect
     */
    record Redirect(URI location, Cookie cookie) implements ConnectStep {
        @Override
        public String toString() {
            return "Redirect[" + location.getHost() + "]";
        }
    }

    /**
     * Show a form and give what the member fills in to {@code submit}.
     *
     * @param fields the form
     */
    record Form(List<Field> fields) implements ConnectStep {
        public Form {
            fields = List.copyOf(fields);
        }
    }
}
