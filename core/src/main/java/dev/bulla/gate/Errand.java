package dev.bulla.gate;

/** What a call is about. It says so in the gate's step of the resource, when the connection and its tools are known. */
@FunctionalInterface
public interface Errand {
    /** Tells the passage what is called, and what that touches; refuses what can not be sent. */
    void declare(Passage passage);
}
