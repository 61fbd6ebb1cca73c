package dev.bulla.handshake;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectError;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Payload;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a choice means for a consent that has just arrived: a former one of the same identity is made again with the new tokens, else one
 * is pending. Thread-safe.
 */
final class FirstChoice {
    private static final Logger LOG = LoggerFactory.getLogger(FirstChoice.class);

    private final Store store;
    private final Registrations registrations;

    FirstChoice(Store store, Registrations registrations) {
        this.store = store;
        this.registrations = registrations;
    }

    /**
     * @param arrival as it is to be stored
     * @param offered what there is to choose first, where the return address lists it
     */
    record Before(Arrival arrival, List<Option> offered) {}

    /** @throws Stop where there is nothing to choose and something is needed */
    Before of(Arrival arrival, Provider provider, ProviderCall call) {
        Selection selection = provider.selection().orElse(null);
        if (selection == null) {
            return new Before(arrival, List.of());
        }
        ProviderCall asking = new ProviderCall(
                call.http(), call.clock(), call.app(), registrations.values(arrival.connection(), arrival.payload()));
        Arrival kept = kept(arrival, selection, asking);
        Step first = selection.steps().get(0);
        boolean needed = kept == null && first.least() > 0;
        List<Option> offered = List.of();
        if (needed || selection.told() != null) {
            offered = offered(selection, first, arrival.payload().tokens(), asking, needed);
        }
        return new Before(kept == null ? arrival.awaiting(needed) : kept, offered);
    }

    private static List<Option> offered(
            Selection selection, Step first, Tokens tokens, ProviderCall call, boolean needed) {
        List<Option> options;
        try {
            options = Candidates.list(selection, Query.of(first.id()), tokens, call)
                    .options();
        } catch (BullaException e) { // the member sees it when choosing
            LOG.info("what there is to choose could not be listed: {}", e.code());
            return List.of();
        }
        if (options.isEmpty() && needed) {
            throw new Stop(ConnectError.NOTHING_TO_CHOOSE, selection.none());
        }
        return options;
    }

    /** Null where nothing was chosen before, or where that can not be chosen any more. */
    private @Nullable Arrival kept(Arrival arrival, Selection selection, ProviderCall call) {
        String text = store.accounts()
                .find(
                        arrival.connection().tenant(),
                        arrival.member(),
                        arrival.connection().id(),
                        arrival.label())
                .filter(row -> !row.status().equals(AccountStatus.DISCONNECTED.name()))
                .filter(row -> arrival.identity().subject().equals(row.subject()))
                .map(AccountRow::attributes)
                .map(attributes -> PlainJson.readTexts(attributes).getOrDefault(Views.CHOICE, ""))
                .orElse("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            Map<String, List<Choice>> former = Choices.read(text);
            Chosen chosen = Choices.of(selection, former)
                    .at(selection, arrival.payload().tokens(), call);
            Map<String, String> attributes =
                    new LinkedHashMap<>(arrival.identity().attributes());
            attributes.putAll(chosen.attributes());
            String name = chosen.displayName();
            Payload payload = arrival.payload().choosing(chosen.tokens(), chosen.attributes());
            if (!registrations.isAddressed(arrival.connection(), payload)) {
                throw new Stop(ConnectError.SELECTION_UNKNOWN, "address_missing");
            }
            return arrival.chosen(
                    payload,
                    new Identity(
                            arrival.identity().subject(),
                            name == null ? arrival.identity().displayName() : name,
                            attributes),
                    text);
        } catch (Stop | BullaException e) {
            LOG.info(
                    "the former choice does not hold any more: {}", e instanceof Stop stop ? stop.detail() : "refused");
            return null;
        }
    }
}
