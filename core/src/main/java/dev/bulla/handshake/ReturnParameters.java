package dev.bulla.handshake;

import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.provider.Provider;
import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Appends the described parameters to a return address: status and names, never anything secret. Immutable. */
public final class ReturnParameters {
    private final boolean minimal;

    /** @param minimal true: status, connection and code only, without the member's name at the service */
    public ReturnParameters(boolean minimal) {
        this.minimal = minimal;
    }

    URI connected(HttpUrl to, Provider provider, String connection, ConnectedAccount account) {
        HttpUrl.Builder out = cleared(to, provider);
        if (minimal) {
            out.setQueryParameter("bulla", "connected");
        } else {
            out.setQueryParameter(provider.returnPrefix() + "_connected", "true");
            account.displayName()
                    .ifPresent(name ->
                            out.setQueryParameter(provider.returnPrefix() + "_" + provider.returnIdentity(), name));
        }
        return out.setQueryParameter("connection", connection).build().uri();
    }

    URI failed(HttpUrl to, @Nullable Provider provider, @Nullable String connection, ConnectError code) {
        HttpUrl.Builder out = cleared(to, provider);
        if (minimal) {
            out.setQueryParameter("bulla", "error").setQueryParameter("code", code.code());
        } else {
            out.setQueryParameter((provider == null ? "bulla" : provider.returnPrefix()) + "_error", code.code());
        }
        if (connection != null) {
            out.setQueryParameter("connection", connection);
        }
        return out.build().uri();
    }

    /** An address that brings parameters of this kind itself must not speak for the callback. */
    private HttpUrl.Builder cleared(HttpUrl to, @Nullable Provider provider) {
        HttpUrl.Builder out = to.newBuilder().removeAllQueryParameters("connection");
        if (minimal) {
            return out.removeAllQueryParameters("code");
        }
        String prefix = provider == null ? "bulla" : provider.returnPrefix();
        out.removeAllQueryParameters(prefix + "_connected").removeAllQueryParameters(prefix + "_error");
        return provider == null ? out : out.removeAllQueryParameters(prefix + "_" + provider.returnIdentity());
    }
}
