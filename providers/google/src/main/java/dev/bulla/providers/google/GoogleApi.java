package dev.bulla.providers.google;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderException.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What errors of Google's APIs mean. The status alone does not tell: beside it stand reasons, in several shapes. */
final class GoogleApi {
    private static final List<String> REASONS_TO_WAIT = List.of("rateLimitExceeded", "userRateLimitExceeded");

    private GoogleApi() {}

    /** What an answer means for the token, named by the first of its reasons; null where it is no error. */
    static @Nullable Failure failure(int status, Json answer) {
        if (status / 100 == 2) {
            return null;
        }
        List<String> reasons = reasons(answer);
        boolean tokenRefused = status == 401 && !reasons.contains(AdsCustomers.NOT_ADS_USER);
        Kind kind = isBusy(status, reasons) ? TRANSIENT : tokenRefused ? TERMINAL : MISCONFIGURED;
        return new Failure(kind, reasons.isEmpty() ? "http_" + status : reasons.get(0));
    }

    /** The quota is answered with 403 too. */
    static boolean isBusy(int status, List<String> reasons) {
        return status == 429
                || status >= 500
                || (status == 403 && reasons.stream().anyMatch(REASONS_TO_WAIT::contains));
    }

    /** Codes beside the status, in Google's shapes of an error: plain words, never a text. */
    static List<String> reasons(Json answer) {
        Stream<Json> plain = Stream.of("errors", "details").flatMap(name -> answer.objects("error", name).stream());
        List<Json> all = plain.flatMap(one -> Stream.concat(Stream.of(one), one.objects("errors").stream()))
                .toList();
        Stream<String> named =
                all.stream().flatMap(one -> Stream.of("reason", "errorCode").flatMap(name -> one.text(name).stream()));
        Stream<String> typed = all.stream()
                .flatMap(one -> one.object("errorCode").stream())
                .flatMap(code -> code.names().stream().flatMap(name -> code.text(name).stream()));
        return Stream.concat(named, typed)
                .filter(code -> code.matches("[A-Za-z0-9_.-]{1,80}"))
                .toList();
    }
}
