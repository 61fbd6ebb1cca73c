package dev.bulla.oauth2;

import com.nimbusds.jose.jwk.JWK;
import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of issuers (RFC 7517), kept for an hour. A key that is not found has the set fetched again, at most once in 30
 * seconds for one address, so that invented key ids cause no flood.
 */
final class KeySets {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(5);
    private static final int MOST_KEYS = 100;
    private static final int MOST_SETS = 1_000;

    private final ConcurrentMap<URI, KeySet> sets = new ConcurrentHashMap<>();

    /** The keys that are wanted; empty where the issuer has none such. */
    List<JWK> find(URI url, Predicate<JWK> wanted, ProviderCall call) {
        if (sets.size() >= MOST_SETS) {
            sets.clear();
        }
        return sets.computeIfAbsent(url, KeySet::new).find(wanted, call);
    }

    private static final class KeySet {
        private final URI url;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable List<JWK> keys;
        private Instant fetched = Instant.MIN;

        KeySet(URI url) {
            this.url = url;
        }

        List<JWK> find(Predicate<JWK> wanted, ProviderCall call) {
            lock.lock();
            try {
                Instant now = call.clock().instant();
                List<JWK> known = keys;
                if (known == null || isOlder(LIFE, now)) {
                    return matching(fetch(now, call), wanted);
                }
                List<JWK> found = matching(known, wanted);
                return found.isEmpty() && isOlder(PAUSE, now) ? matching(fetch(now, call), wanted) : found;
            } finally {
                lock.unlock();
            }
        }

        private boolean isOlder(Duration age, Instant now) {
            return fetched.plus(age).compareTo(now) <= 0;
        }

        private List<JWK> fetch(Instant now, ProviderCall call) {
            if (keys == null && !isOlder(PAUSE_WITHOUT_KEYS, now)) {
                throw unavailable(0);
            }
            fetched = now; // also a failed attempt counts, so that callers do not queue up behind a server that is down
            HttpAnswer answer = call.http()
                    .send(HttpCall.of(Purpose.METADATA, "GET", url, null).header("Accept", "application/json"));
            if (answer.status() != 200) {
                throw unavailable(answer.status());
            }
            List<JWK> fresh = parse(answer);
            keys = fresh;
            return fresh;
        }

        private static ProviderException unavailable(int status) {
            return new ProviderException(
                    Kind.TRANSIENT, "keys_unavailable", status, null, "the issuer's keys are not to be had");
        }
    }

    private static List<JWK> matching(List<JWK> keys, Predicate<JWK> wanted) {
        return keys.stream().filter(wanted).toList();
    }

    private static List<JWK> parse(HttpAnswer answer) {
        List<?> entries;
        try {
            entries = StrictJson.document(answer).list("keys").orElse(List.of());
        } catch (BullaException e) {
            throw refused(answer);
        }
        if (entries.isEmpty() || entries.size() > MOST_KEYS) {
            throw refused(answer);
        }
        List<JWK> keys = new ArrayList<>();
        entries.forEach(entry -> addIfKnown(entry, keys));
        return List.copyOf(keys);
    }

    /** A key of a kind that is unknown here is passed over (RFC 7517 section 5). */
    @SuppressWarnings("unchecked")
    private static void addIfKnown(Object entry, List<JWK> keys) {
        try {
            if (entry instanceof Map<?, ?> fields) {
                JWK key = JWK.parse((Map<String, Object>) fields).toPublicJWK();
                if (key != null) {
                    keys.add(key);
                }
            }
        } catch (ParseException | RuntimeException e) {
            // passed over
        }
    }

    private static ProviderException refused(HttpAnswer answer) {
        return new ProviderException(
                Kind.TRANSIENT, "keys_unavailable", answer.status(), null, "the issuer's key set is not usable");
    }
}
