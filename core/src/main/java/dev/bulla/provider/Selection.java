package dev.bulla.provider;

import dev.bulla.provider.ProviderException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The choice that completes some connections after the consent: a page, an ad account, a customer, folders, a site. Core keeps tokens and
 * time, counts and bounds; a provider says what there is to choose and what a choice means. Immutable and thread-safe.
 *
 * @param steps one after the other; later ones see what was chosen before
 * @param source lists what can be chosen
 * @param chooser makes a choice final
 * @param none the error under which a connection fails where the first step needs something and there is nothing: {@code no_pages}
 * @param told which parameter of the return address lists what there is to choose in the first step, or null
 */
public record Selection(
        List<Step> steps,
        Source source,
        Chooser chooser,
        String none,
        @Nullable Told told) {
    /**
     * A parameter of the return address: JSON of id and name of what can be chosen in the first step, as far as it fits.
     *
     * @param name stands behind the provider's prefix: {@code pages}
     * @param always whether it is there also where there is nothing
     */
    public record Told(String name, boolean always) {}

    public Selection(List<Step> steps, Source source, Chooser chooser, String none) {
        this(steps, source, chooser, none, null);
    }

    /** The same, with a parameter in the return address. */
    public Selection telling(String name, boolean always) {
        return new Selection(steps, source, chooser, none, new Told(name, always));
    }

    public Selection {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.stream().map(Step::id).distinct().count() != steps.size()) {
            throw new IllegalArgumentException("a selection has steps, each with an id of its own");
        }
    }

    /**
     * One choice.
     *
     * @param id stands in requests and rows: lower-case letters, digits and underscores
     * @param label what a person reads
     * @param least how many must be chosen; 0: the account works without
     * @param most how many may be chosen
     * @param tree whether options open further ones
     * @param search whether the service searches by a text
     * @param normalise applied to an id before it is compared or sent, such as removing dashes
     */
    public record Step(
            String id,
            String label,
            int least,
            int most,
            boolean tree,
            boolean search,
            UnaryOperator<String> normalise) {
        /** Exactly one. */
        public static Step one(String id, String label) {
            return new Step(id, label, 1, 1, false, false, String::strip);
        }

        /** One at least. */
        public static Step several(String id, String label, int most) {
            return new Step(id, label, 1, most, false, false, String::strip);
        }

        public Step optional() {
            return new Step(id, label, 0, most, tree, search, normalise);
        }

        public Step browsed() {
            return new Step(id, label, least, most, true, search, normalise);
        }

        public Step searched() {
            return new Step(id, label, least, most, tree, true, normalise);
        }

        public Step normalised(UnaryOperator<String> value) {
            return new Step(id, label, least, most, tree, search, value);
        }
    }

    /**
     * What is asked for.
     *
     * @param step id of the step
     * @param chosen ids that were chosen in former steps, by step
     * @param parent the option that was opened, or null for the top
     * @param search a text of the member, or null
     * @param page as the former page named its next one, or null for the first. It comes back from a browser: a cursor, never an address
     */
    public record Query(
            String step,
            Map<String, List<String>> chosen,
            @Nullable String parent,
            @Nullable String search,
            @Nullable String page) {
        public Query {
            chosen = Map.copyOf(chosen);
        }

        /** The top of a step. */
        public static Query of(String step) {
            return new Query(step, Map.of(), null, null, null);
        }

        /** The same below an option that opens. */
        public Query in(String option) {
            return new Query(step, chosen, option, search, page);
        }

        /** The same, only what matches a text. */
        public Query matching(String text) {
            return new Query(step, chosen, parent, text, page);
        }

        /** The same, further on. @param next as the former page named it */
        public Query after(String next) {
            return new Query(step, chosen, parent, search, next);
        }

        /** The same, with what was chosen in a former step. */
        public Query having(String former, String... ids) {
            Map<String, List<String>> more = new LinkedHashMap<>(chosen);
            more.put(former, List.of(ids));
            return new Query(step, more, parent, search, page);
        }
    }

    /**
     * What a member sees.
     *
     * @param id of the service
     * @param name what a person reads
     * @param opens whether there are options below it
     */
    public record Option(String id, String name, boolean opens) {
        public static Option of(String id, String name) {
            return new Option(id, name, false);
        }
    }

    /** @param next names the next page for {@link Query}, or null for the last one */
    public record Page(List<Option> options, @Nullable String next) {
        public Page {
            options = List.copyOf(options);
        }
    }

    /** @param name as the member wants it to be called, or null */
    public record Choice(String id, @Nullable String name) {
        public static Choice of(String id) {
            return new Choice(id, null);
        }
    }

    /**
     * A choice that holds.
     *
     * @param tokens what the account holds from now on: the given ones, or {@link Tokens#standIn} where the service gives one for the choice
     * @param attributes plain facts to keep and show, such as {@code page_id}; they may also stand in the API's address and headers
     * @param displayName what the account is called from now on, or null: as before
     */
    public record Chosen(
            Tokens tokens,
            Map<String, String> attributes,
            @Nullable String displayName) {
        public Chosen {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Lists what can be chosen, without what can not be used. */
    @FunctionalInterface
    public interface Source {
        /**
         * @param tokens as the service gave them, or refreshed them, without what a former choice gave
         * @param call with {@link ProviderCall#form}: the owner's fields, and what was kept of the token answer
         * @throws ProviderException as for any call with the tokens
         */
        Page list(Query query, Tokens tokens, ProviderCall call);
    }

    /** Asks the service about what was chosen: nothing that a browser sent is believed. */
    @FunctionalInterface
    public interface Chooser {
        /**
         * @param chosen what was chosen in each step, normalised and counted; a step in which nothing was chosen is missing
         * @param tokens as for {@link Source}
         * @throws ProviderException {@link #unknown} where an id is not the account's to choose
         */
        Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call);
    }

    /** Something was chosen that the account does not have, or that can not be used. */
    public static ProviderException unknown() {
        return new ProviderException(
                Kind.MISCONFIGURED, "selection_unknown", 0, null, "what was chosen is not there to choose");
    }
}
