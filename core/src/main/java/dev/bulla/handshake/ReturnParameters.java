package dev.bulla.handshake;

import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Option;
import dev.bulla.vault.PlainJson;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends the described parameters to a return address: status and names, never anything secret. Immutable. */
public final class ReturnParameters {
    private static final int LISTED = 1000;

    private final boolean minimal;

    /** @param minimal true: status, connection and code only, without the member's name at the service */
    public ReturnParameters(boolean minimal) {
        this.minimal = minimal;
    }

    /** @param offered what there is to choose, for a provider that tells it */
    URI connected(URI to, Provider provider, String connection, ConnectedAccount account, List<Option> offered) {
        AddressQuery out = cleared(to, provider);
        if (minimal) {
            out.set("bulla", "connected");
        } else {
            out.set(provider.returnPrefix() + "_connected", "true");
            account.displayName()
                    .ifPresent(name -> out.set(provider.returnPrefix() + "_" + provider.returnIdentity(), name));
            provider.selection()
                    .map(Selection::told)
                    .filter(told -> told.always() || !offered.isEmpty())
                    .ifPresent(told -> out.set(provider.returnPrefix() + "_" + told.name(), json(offered)));
        }
        return out.set("connection", connection).toUri();
    }

    /** As many as an address takes. */
    private static String json(List<Option> offered) {
        StringBuilder out = new StringBuilder("[");
        for (Option option : offered) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("id", option.id());
            fields.put("name", option.name());
            String entry = PlainJson.writeTexts(fields);
            if (out.length() + entry.length() > LISTED) {
                break;
            }
            out.append(out.length() == 1 ? "" : ",").append(entry);
        }
        return out.append("]").toString();
    }

    /** @param code as a provider or {@link ConnectError#code} names it */
    URI failed(URI to, @Nullable Provider provider, @Nullable String connection, String code) {
        AddressQuery out = cleared(to, provider);
        if (minimal) {
            out.set("bulla", "error").set("code", code);
        } else {
            out.set((provider == null ? "bulla" : provider.returnPrefix()) + "_error", code);
        }
        if (connection != null) {
            out.set("connection", connection);
        }
        return out.toUri();
    }

    /** An address that brings parameters of this kind itself must not speak for the callback. */
    private AddressQuery cleared(URI to, @Nullable Provider provider) {
        AddressQuery out = new AddressQuery(to).remove("connection");
        if (minimal) {
            return out.remove("code");
        }
        String prefix = provider == null ? "bulla" : provider.returnPrefix();
        out.remove(prefix + "_connected").remove(prefix + "_error");
        if (provider != null) {
            out.remove(prefix + "_" + provider.returnIdentity());
            provider.selection().map(Selection::told).ifPresent(told -> out.remove(prefix + "_" + told.name()));
        }
        return out;
    }
}
