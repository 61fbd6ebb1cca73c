package dev.bulla.oauth2;

import com.squareup.moshi.JsonWriter;
import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ClientMetadata;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.ServiceDiscovery.Registered;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** How a client becomes known: by registering itself (RFC 7591), or by a document at the address that is its id. Stateless. */
public final class ClientRegistration {
    private static final Set<String> REFUSALS = Set.of(
            "invalid_redirect_uri",
            "invalid_client_metadata",
            "invalid_software_statement",
            "unapproved_software_statement");
    private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7E]{1,500}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[\\x20-\\x7E]{1,20000}");

    private ClientRegistration() {}

    /**
     * Registers a client, with one request.
     *
     * @param methods how it can prove itself, the wished one first
     * @throws ProviderException {@code TRANSIENT} where the service is away or pauses, {@code MISCONFIGURED} with the error of RFC 7591
     *     section 3.2.2, or {@code registration_refused}, where it refuses or its answer can not be read
     */
    public static Registered register(
            String endpoint, ClientMetadata client, List<ClientAuthentication> methods, ProviderHttp http) {
        if (methods.isEmpty()) {
            throw refused("registration_refused", 0);
        }
        Map<String, Object> body = fields(client, ServerMetadata.nameOf(methods.get(0)));
        body.put("application_type", client.applicationType());
        HttpAnswer answer = http.send(HttpCall.of(Purpose.TOKEN, "POST", URI.create(endpoint), write(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json"));
        int status = answer.status();
        if (status == 429 || status >= 500) {
            throw new ProviderException(
                    Kind.TRANSIENT, "registration_refused", status, null, "no client is registered now: " + status);
        }
        Json json = json(answer);
        if (status != 201 && status != 200) {
            String error = json == null ? "" : json.text("error").orElse("");
            throw refused(REFUSALS.contains(error) ? error : "registration_refused", status);
        }
        return registered(json == null ? new Json(Map.of()) : json, methods, status);
    }

    /**
     * The document of a client whose id is the document's address (OAuth Client ID Metadata Document): a public client, because whoever reads
     * it shares no secret with it.
     */
    public static String document(URI clientId, ClientMetadata client) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client_id", clientId.toString());
        fields.putAll(fields(client, ServerMetadata.nameOf(ClientAuthentication.NONE)));
        return new String(write(fields), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Map<String, Object> fields(ClientMetadata client, String method) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client_name", client.name());
        fields.put("redirect_uris", List.of(client.redirectUri().toString()));
        fields.put("grant_types", List.of("authorization_code", "refresh_token"));
        fields.put("response_types", List.of("code"));
        fields.put("token_endpoint_auth_method", method);
        return fields;
    }

    /** The service may have chosen another method than the wished one (RFC 7591 section 3.2.1). */
    private static Registered registered(Json json, List<ClientAuthentication> methods, int status) {
        String id = json.text("client_id").orElse("");
        String secret =
                json.text("client_secret").filter(text -> !text.isEmpty()).orElse(null);
        ClientAuthentication wished = secret == null ? ClientAuthentication.NONE : methods.get(0);
        ClientAuthentication method = json.text("token_endpoint_auth_method")
                .map(name -> ServerMetadata.named(name).orElseThrow(() -> refused("registration_refused", status)))
                .orElse(wished);
        boolean usable = CLIENT_ID.matcher(id).matches()
                && (secret == null
                        ? method == ClientAuthentication.NONE
                        : CLIENT_SECRET.matcher(secret).matches());
        if (!usable) {
            throw refused("registration_refused", status);
        }
        long endsAt = secret == null
                ? 0
                : json.number("client_secret_expires_at")
                        .map(BigDecimal::longValue)
                        .orElse(0L);
        return new Registered(
                id, secret == null || method == ClientAuthentication.NONE ? null : Secret.of(secret), method, endsAt);
    }

    private static @Nullable Json json(HttpAnswer answer) {
        try {
            return StrictJson.document(answer);
        } catch (ProviderException e) {
            throw e;
        } catch (BullaException e) {
            return null;
        }
    }

    private static ProviderException refused(String error, int status) {
        return new ProviderException(
                Kind.MISCONFIGURED, error, status, null, "the service registers no client: " + error);
    }

    private static byte[] write(Map<String, Object> fields) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed");
        }
        return out.readByteArray();
    }
}
