package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.model.Settings;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a provider asks for other fields than when a connection was last looked at: another version of the library or of the host
 * runs. The row then remembers the new form, whether it is complete under that, and it is told, by the one who wrote. Thread-safe.
 */
final class FormWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FormWatch.class);

    private final Store store;
    private final Registrations registrations;
    private final ConnectionViews views;
    private final OwnerNews news;
    private final Seeds seeds;

    FormWatch(Store store, Registrations registrations, ConnectionViews views, OwnerNews news, Seeds seeds) {
        this.store = store;
        this.registrations = registrations;
        this.views = views;
        this.news = news;
        this.seeds = seeds;
    }

    /**
     * Answers the row as it is then. A row that can not be written now, or whose secrets do not open, is left for the next look: nothing
     * fails for it.
     */
    ConnectionRow look(ConnectionRow row) {
        String seen = Notes.form(row);
        if (seen.isEmpty() || registrations.find(row.provider()).isEmpty()) {
            return row;
        }
        String form = views.merge(row).form();
        return form.equals(seen) ? row : remember(row, form);
    }

    private ConnectionRow remember(ConnectionRow row, String form) {
        try {
            // a field that is new may come with a preset
            Map<String, String> fields = views.merge(row).plain(Notes.fields(row), Settings.none());
            ConnectionRow moved =
                    Edit.form(row, Notes.write(fields, Notes.keyFirst(row), form, Notes.history(row)), row.complete());
            List<String> missing = views.missing(
                    moved, null, List.copyOf(registrations.secrets(moved).keySet()));
            ConnectionRow next = moved.withComplete(missing.isEmpty());
            long at = news.before();
            if (store.connections().update(next, null, seeds.of(row, next)) == Write.DONE) {
                news.formChanged(row, next, missing, at);
            }
            return store.connections().find(row.tenant(), row.id()).orElse(row);
        } catch (StoreException e) {
            LOG.warn("that the form of connection {} changed was not noted: {}", row.id(), e.kind());
            return row;
        } catch (BullaException e) {
            LOG.warn("that the form of connection {} changed was not noted: {}", row.id(), e.code());
            return row;
        }
    }
}
