package dev.bulla.event;

/**
 * Is told events. All listeners of one library are called by one thread of its own, one event after the other, so a slow listener
 * delays the listeners and nothing else. What it throws is logged by class name, and the next listener is called.
 *
 * <p>Of two writers of one account no order is promised, also on one node: the later change may be told first. What holds is in the
 * account, and in {@link dev.bulla.model.AccountChanges}.
 */
@FunctionalInterface
public interface BullaListener {
    void on(BullaEvent event);
}
