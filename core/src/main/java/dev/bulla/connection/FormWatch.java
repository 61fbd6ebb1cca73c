package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.util.List;
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

    FormWatch(Store store, Registrations registrations, ConnectionViews views, OwnerNews news) {
        this.store = store;
        this.registrations = registrations;
        this.views = views;
        this.news = news;
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
            List<String> missing = views.missing(
                    row, null, List.copyOf(registrations.secrets(row).keySet()));
            ConnectionRow next =
                    Edit.form(row, Notes.write(Notes.fields(row), Notes.keyFirst(row), form), missing.isEmpty());
            long at = news.before();
            if (store.connections().update(next, null) == Write.DONE) {
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
