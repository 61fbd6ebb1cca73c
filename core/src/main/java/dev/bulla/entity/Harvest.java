package dev.bulla.entity;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.StrictJson;
import dev.bulla.model.Harvested;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Json;
import dev.bulla.vault.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the things of every kind at one service, page after page, and keeps what is seen. For one thread. */
public final class Harvest {
    /** What was not seen for so long is forgotten once its kind was listed to the end. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final int PAGES_IN_A_RUN = 25;
    private static final int PAGES_OF_A_KIND = 500;

    /** What keeps one kind from being listed, and not the others. */
    private static final Set<ErrorCode> OF_ONE_KIND = EnumSet.of(
            ErrorCode.POLICY_DENIED,
            ErrorCode.BEYOND_GRANT,
            ErrorCode.TOOL_UNKNOWN,
            ErrorCode.TOOL_ARGUMENTS,
            ErrorCode.ANSWER_REFUSED,
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.HOST_NOT_ALLOWED);

    /** Calls a tool of the service as the member does. */
    @FunctionalInterface
    public interface Caller {
        HttpAnswer call(String tool, String argumentsJson);
    }

    private final EntityKeeper keeper;
    private final Home home;
    private final Caller caller;
    private final List<EntitySource> sources;
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private final Map<String, ErrorCode> failed = new LinkedHashMap<>();

    public Harvest(EntityKeeper keeper, Home home, Caller caller) {
        this.keeper = keeper;
        this.home = home;
        this.caller = caller;
        this.sources = home.provider().entities();
    }

    /**
     * Lists on, for a bounded number of pages.
     *
     * @param from as a former run named it, or null for the beginning
     * @throws BullaException where the member has no usable account, where the service is not to be asked now and nothing was seen yet, and
     *     {@code INVALID_ARGUMENT} where {@code from} is none
     */
    public Harvested run(@Nullable String from) {
        Position at = Position.parse(from, sources.size());
        for (int pages = 0; at != null && pages < PAGES_IN_A_RUN; pages++) {
            try {
                at = page(at);
            } catch (BullaException e) {
                if (e.isRetryable() && !seen.isEmpty()) {
                    break;
                }
                if (!OF_ONE_KIND.contains(e.code())) {
                    throw e;
                }
                failed.put(sources.get(at.source()).kind(), e.code());
                at = at.nextSource(sources.size());
            }
        }
        return new Harvested(seen, failed, at == null ? null : at.text());
    }

    private @Nullable Position page(Position at) {
        EntitySource source = sources.get(at.source());
        EntityReader reader = new EntityReader(home, source);
        HttpAnswer answer = caller.call(source.tool(), arguments(source, at));
        Json json = json(answer);
        var rows = reader.items(json).orElseThrow(() -> refused("the service's list is not where it should be"));
        keeper.put(home, rows);
        seen.merge(source.kind(), rows.size(), Integer::sum);
        String next = next(source, reader.size(json), json, at);
        if (next != null) {
            if (next.equals(at.cursor()) || at.page() >= PAGES_OF_A_KIND) {
                throw refused("the service's pages do not end");
            }
            return new Position(at.source(), at.page() + 1, next);
        }
        if (isLastOf(source.kind(), at.source())) {
            keeper.forgetOld(home, source.kind(), keeper.now() - KEPT.toMillis());
        }
        return at.nextSource(sources.size());
    }

    private boolean isLastOf(String kind, int source) {
        return sources.subList(source + 1, sources.size()).stream()
                .noneMatch(later -> later.kind().equals(kind));
    }

    private static Json json(HttpAnswer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw refused("the service does not list what it has: status " + answer.status());
        }
        return StrictJson.documentOrArray(answer);
    }

    private static @Nullable String next(EntitySource source, int size, Json answer, Position at) {
        Paging paging = source.paging().orElse(null);
        if (paging == null) {
            return null;
        }
        if (paging.next() == null) {
            return size < paging.size() ? null : String.valueOf(at.page() + 1);
        }
        boolean more = paging.more() == null || answer.every(paging.more()).contains(true);
        return answer.every(paging.next()).stream()
                .filter(cursor -> more && cursor instanceof String text && !text.isEmpty())
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }

    private static String arguments(EntitySource source, Position at) {
        Paging paging = source.paging().orElse(null);
        if (paging == null || at.cursor().isEmpty()) {
            return source.arguments();
        }
        Object value = paging.next() == null ? (Object) Integer.valueOf(at.page()) : at.cursor();
        String page = new String(PlainJson.write(Map.of(paging.argument(), value)), StandardCharsets.UTF_8);
        String fixed = source.arguments().strip();
        String inner = fixed.substring(1, fixed.length() - 1).strip();
        return inner.isEmpty() ? page : "{" + inner + "," + page.substring(1);
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.ANSWER_REFUSED, message);
    }
}
