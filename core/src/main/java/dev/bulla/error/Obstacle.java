package dev.bulla.error;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One thing that stands in the way, in words for people. Plain text, to be escaped by whoever shows it; nothing secret is in it.
 *
 * @param code stable: the name of an {@link ErrorCode}, or, in lower case, what is more precise, such as {@code grant_revoked}
 * @param sentence what is the matter and what helps, for a reader who may or may not be the one who must act
 * @param actor who can put it right
 * @param place where
 * @param blocks whether nothing works before; false for what is only good to know
 * @param page the address of that place, where it is a page of the service and known
 * @param about what exactly, where there is more to say: names of missing settings or scopes, the end of a pause
 */
public record Obstacle(
        String code,
        String sentence,
        Actor actor,
        Place place,
        boolean blocks,
        Optional<URI> page,
        List<String> about) {
    public Obstacle {
        about = List.copyOf(about);
    }

    /** One that blocks, and about which nothing else is to be said. */
    public static Obstacle of(String code, String sentence, Actor actor, Place place) {
        return new Obstacle(code, sentence, actor, place, true, Optional.empty(), List.of());
    }

    /** The same, with what exactly. */
    public Obstacle about(List<String> what) {
        return new Obstacle(code, sentence, actor, place, blocks, page, what);
    }

    /** The same as something that is only good to know, or not. */
    public Obstacle blocking(boolean value) {
        return new Obstacle(code, sentence, actor, place, value, page, about);
    }

    /** The same with the address of its place. */
    public Obstacle at(URI address) {
        return new Obstacle(code, sentence, actor, place, blocks, Optional.of(address), about);
    }
}
