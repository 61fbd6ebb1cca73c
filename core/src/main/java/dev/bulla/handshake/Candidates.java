package dev.bulla.handshake;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists what there is to choose, bounded: id and one line of a name, and nothing of the tokens. No state. */
final class Candidates {
    private static final int PAGE = 200;
    private static final int ALL = 500;
    private static final int EMPTY_PAGES = 20;
    private static final int TEXT = 255;
    private static final int CURSOR = 4000;
    private static final Pattern MARK = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,5})\\.(.*)", Pattern.DOTALL);

    private Candidates() {}

    /**
     * Where a list goes on.
     *
     * @param seen how many were listed before
     * @param skip how many of the service's page
     * @param page the service's page, or null for its first
     */
    private record Mark(int seen, int skip, @Nullable String page) {
        static Mark of(@Nullable String text) {
            if (text == null) {
                return new Mark(0, 0, null);
            }
            Matcher matcher = MARK.matcher(text);
            if (text.length() > CURSOR + 20 || !matcher.matches()) {
                throw new BullaException(ErrorCode.INVALID_ARGUMENT, "no page of a list is called so");
            }
            String page = matcher.group(3);
            return new Mark(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    page.isEmpty() ? null : page);
        }

        String text() {
            return seen + "." + skip + "." + (page == null ? "" : page);
        }
    }

    /**
     * One page of at most 200; an empty one is the last.
     *
     * @throws BullaException {@code TOO_MANY_OPTIONS} behind the first 500, {@code INVALID_ARGUMENT} for a step, text or page that the
     *     selection does not have, and what the service says
     */
    static Page list(Selection selection, Query asked, Tokens tokens, ProviderCall call) {
        Step step = step(selection, asked.step());
        Mark mark = Mark.of(asked.page());
        if (mark.seen() >= ALL) {
            throw new BullaException(ErrorCode.TOO_MANY_OPTIONS, "there is more to choose from than is listed");
        }
        Query query = checked(selection, step, asked);
        for (int i = 0; i < EMPTY_PAGES; i++) {
            Mark now = mark;
            Query sent = new Query(query.step(), query.chosen(), query.parent(), query.search(), now.page());
            Page page = asked(() -> selection.source().list(sent, tokens, call));
            Page shown = cut(page, now, tokens);
            if (!shown.options().isEmpty() || page.next() == null) {
                return shown;
            }
            mark = new Mark(now.seen(), 0, page.next());
        }
        throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service's list has no end");
    }

    static Step step(Selection selection, String id) {
        return selection.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "there is no such step"));
    }

    private static Query checked(Selection selection, Step step, Query asked) {
        String search = asked.search() == null ? "" : asked.search().strip();
        String parent = asked.parent() == null ? "" : asked.parent().strip();
        if (!search.isEmpty() && !step.search() || !parent.isEmpty() && !step.tree()) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "this step is not searched, or has no branches");
        }
        if (Stream.of(search, parent).anyMatch(text -> !isLine(text))) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a text is too long, or not one line");
        }
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        for (Step former : selection.steps()) {
            List<String> ids = asked.chosen().getOrDefault(former.id(), List.of());
            if (ids.size() > former.most() || ids.stream().anyMatch(id -> !isLine(id))) {
                throw new BullaException(ErrorCode.INVALID_ARGUMENT, "too many are chosen, or an id is none");
            }
            if (!ids.isEmpty()) {
                chosen.put(former.id(), ids.stream().map(former.normalise()).toList());
            }
        }
        return new Query(step.id(), chosen, parent.isEmpty() ? null : parent, search.isEmpty() ? null : search, null);
    }

    private static Page cut(Page page, Mark mark, Tokens tokens) {
        List<Option> all = page.options();
        int from = Math.min(mark.skip(), all.size());
        int to = Math.min(all.size(), from + Math.min(PAGE, ALL - mark.seen()));
        Map<String, Option> options = new LinkedHashMap<>();
        for (Option option : all.subList(from, to)) {
            String id = Objects.requireNonNullElse(option.id(), "");
            options.putIfAbsent(
                    id, new Option(id, shown(Objects.requireNonNullElse(option.name(), id)), option.opens()));
        }
        String next = page.next();
        List<Option> shown = List.copyOf(options.values());
        refuseTokens(tokens, shown, next);
        int seen = mark.seen() + shown.size();
        if (to < all.size()) {
            return new Page(shown, new Mark(seen, to, mark.page()).text());
        }
        return new Page(shown, next == null ? null : new Mark(seen, 0, next).text());
    }

    /** A list goes to a browser: a service that puts a token into the address of its next page must not send it there. */
    private static void refuseTokens(Tokens tokens, List<Option> options, @Nullable String next) {
        List<String> secrets = tokens.sets().values().stream()
                .flatMap(set -> Stream.ofNullable(
                        set.refreshToken() == null ? null : set.refreshToken().reveal()))
                .toList();
        List<String> tokenTexts = Stream.concat(
                        secrets.stream(),
                        tokens.sets().values().stream()
                                .map(set -> set.accessToken().reveal()))
                .toList();
        boolean told = options.stream().anyMatch(one -> isIn(one.id(), tokenTexts) || isIn(one.name(), tokenTexts));
        if (told || next != null && (next.length() > CURSOR || isIn(next, tokenTexts))) {
            throw new BullaException(ErrorCode.SETUP, "the provider lists what may not be shown");
        }
        if (options.stream().anyMatch(option -> option.id().isEmpty() || !isLine(option.id()))) {
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service lists something without a usable id");
        }
    }

    private static boolean isIn(String text, List<String> tokens) {
        return tokens.stream().anyMatch(text::contains);
    }

    /** Whether a text can stand for an id. */
    static boolean isLine(String text) {
        return text.length() <= TEXT && text.chars().noneMatch(Character::isISOControl);
    }

    /** What people see is one line of bounded length. */
    static String shown(String text) {
        String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]", " ").strip();
        return line.codePointCount(0, line.length()) <= TEXT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TEXT));
    }

    /** What a provider's own code throws may hold values. */
    static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (BullaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service's answer was not understood");
        }
    }
}
