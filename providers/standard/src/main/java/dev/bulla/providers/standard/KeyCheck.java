package dev.bulla.providers.standard;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import java.net.URI;
import java.util.Map;

/** One question to a service, asked with a key: what came back when the service was able to say anything about the key. */
record KeyCheck(int status, Json answer) {
    /** @throws ProviderException {@code TRANSIENT} where the service was busy or out of order, {@code OUTCOME_UNKNOWN} for a nonsensical yes */
    static KeyCheck get(String url, ApiAccess api, Secret key, ProviderHttp http) {
        HttpCall call = HttpCall.of(Purpose.API, "GET", URI.create(url), null).header("Accept", "application/json");
        for (Map.Entry<String, String> header : api.attachment().headers(key).entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        HttpAnswer answer = http.send(call);
        int status = answer.status();
        if (status == 429 || status >= 500) {
            throw new ProviderException(
                    Kind.TRANSIENT, "http_" + status, status, null, "the key was not checked: " + status);
        }
        try {
            return new KeyCheck(status, StrictJson.document(answer));
        } catch (BullaException e) {
            if (status / 100 == 2) {
                throw new ProviderException(
                        Kind.OUTCOME_UNKNOWN, "answer_refused", status, null, "the answer about the key is not JSON");
            }
            return new KeyCheck(status, new Json(Map.of()));
        }
    }

    boolean isYes() {
        return status / 100 == 2;
    }

    /** The service refuses the key itself, under this code of ours. */
    ProviderException refused(String error, String message) {
        return new ProviderException(Kind.TERMINAL, error, status, null, message);
    }
}
