package dev.bulla;

import dev.bulla.key.GrantSecret;
import dev.bulla.model.Granted;
import java.util.concurrent.atomic.AtomicReference;

/** A grant that was just made. Its text can be read once, to hand it to whom it is for; {@code toString} never shows it. */
public final class IssuedGrant {
    private final AtomicReference<GrantSecret> secret;
    private final Granted granted;

    IssuedGrant(GrantSecret secret, Granted granted) {
        this.secret = new AtomicReference<>(secret);
        this.granted = granted;
    }

    /**
     * The text of the grant, for {@link Tenant#open}.
     *
     * @throws IllegalStateException the second time
     */
    public String text() {
        GrantSecret once = secret.getAndSet(null);
        if (once == null) {
            throw new IllegalStateException("the text of a grant is shown once");
        }
        return once.revealText();
    }

    /** What it is for and how long; its id revokes it. */
    public Granted granted() {
        return granted;
    }

    @Override
    public String toString() {
        return "IssuedGrant[redacted]";
    }
}
