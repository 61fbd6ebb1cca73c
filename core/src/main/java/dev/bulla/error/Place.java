package dev.bulla.error;

import java.util.Locale;

/** Where something is put right. */
public enum Place {
    /** The owner's list of connections: create one, switch one on. */
    CONNECTIONS,
    /** The owner's form of the connection. */
    CONNECTION_FORM,
    /** The owner's list of policies and tools of a connection. */
    POLICIES,
    /** Where the member connects, or connects again. */
    CONNECT,
    /** The member's choice of what an account stands for. */
    CHOICE,
    /** Where the member makes, enters and replaces the own key. */
    KEY,
    /** The form that the member fills in to connect. */
    MEMBER_FORM,
    /** The service's own pages: its console for developers, or its settings. */
    SERVICE,
    /** The host application: its code, configuration, keys or database. */
    HOST,
    /** Nowhere: it is tried again, or passes by itself. */
    WAIT;

    /** The stable code: the name in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
