package dev.bulla.event;

/**
 * Is told events. All listeners of one library are called by one thread of its own, one event after the other, so a slow listener
 * delays the listeners and nothing else. What it throws is logged by class name, and the next listener is called.
 */
@FunctionalInterface
public interface BullaListener {
    void on(BullaEvent event);
}
