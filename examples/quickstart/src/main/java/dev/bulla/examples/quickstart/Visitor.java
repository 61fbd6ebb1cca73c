package dev.bulla.examples.quickstart;

import dev.bulla.Session;
import dev.bulla.model.Landing.IdentityDiffers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One browser's session at this host. Bulla's own {@link Session} lives in it: in memory, never in a cookie or a database. */
final class Visitor {
    private final @Nullable Person person;
    private final String formToken = Visitors.random();
    private final AtomicReference<@Nullable Session> open = new AtomicReference<>();
    private final AtomicReference<@Nullable IdentityDiffers> question = new AtomicReference<>();
    private final AtomicReference<Html> notice = new AtomicReference<>(Html.NOTHING);

    /** @param person who is logged in, or null before that */
    Visitor(@Nullable Person person) {
        this.person = person;
    }

    Optional<Person> person() {
        return Optional.ofNullable(person);
    }

    /** Every form carries it, so that no other site can post in this visitor's name. */
    String formToken() {
        return formToken;
    }

    Optional<Session> session() {
        return Optional.ofNullable(open.get());
    }

    /** Keeps a session that was opened with the member's key, and ends the former one. */
    void keep(@Nullable Session session) {
        Session former = open.getAndSet(session);
        if (former != null) {
            former.close();
        }
    }

    /** Keeps the question whether another identity is meant, until the member answers it. */
    void ask(IdentityDiffers asked) {
        question.set(asked);
    }

    Optional<IdentityDiffers> question() {
        return Optional.ofNullable(question.get());
    }

    Optional<IdentityDiffers> takeQuestion() {
        return Optional.ofNullable(question.getAndSet(null));
    }

    /** Shown on the next page, once. */
    void tell(Html text) {
        notice.set(text);
    }

    Html takeNotice() {
        return notice.getAndSet(Html.NOTHING);
    }
}
