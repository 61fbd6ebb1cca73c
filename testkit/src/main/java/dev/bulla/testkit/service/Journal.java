package dev.bulla.testkit.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a service has seen, for a test to ask afterwards. Thread-safe; lists are copies in order of arrival. */
public final class Journal {
    /**
     * A request to the token endpoint. {@code toString} leaves the values of parameters out.
     *
     * @param at when, by the clock of the service
     * @param grantType the parameter of that name, or empty
     * @param clientId the app that the request claims to come from, or empty
     * @param authentication how the app proved itself: {@code basic}, {@code post}, {@code private_key_jwt} or {@code none}
     * @param parameters all parameters, secrets included
     * @param status what the service decided, whether or not the answer arrived
     * @param error the error code of that answer, or empty
     */
    public record TokenRequest(
            Instant at,
            String grantType,
            String clientId,
            String authentication,
            Map<String, String> parameters,
            int status,
            String error) {
        @Override
        public String toString() {
            return "TokenRequest[" + at + ", " + grantType + ", " + clientId + ", " + status + " " + error + "]";
        }
    }

    /**
     * A request to the revocation endpoint that came from a known app.
     *
     * @param at when
     * @param clientId which app
     * @param ended whether it ended something; a token that is not known (any more) does not
     */
    public record Revocation(Instant at, String clientId, boolean ended) {}

    /**
     * A call to the protected API.
     *
     * @param at when
     * @param method HTTP method
     * @param path without query
     * @param user whose token it was, or empty
     * @param status the answer
     */
    public record ApiCall(Instant at, String method, String path, String user, int status) {}

    private final Queue<TokenRequest> tokenRequests = new ConcurrentLinkedQueue<>();
    private final Queue<Revocation> revocations = new ConcurrentLinkedQueue<>();
    private final Queue<ApiCall> apiCalls = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> redemptions = new ConcurrentHashMap<>();

    Journal() {}

    /** Every token request that arrived, carried out or not. */
    public List<TokenRequest> tokenRequests() {
        return List.copyOf(tokenRequests);
    }

    /** How often this refresh token was redeemed: requests that were carried out, with whatever result. */
    public int redemptions(String refreshToken) {
        return redemptions.getOrDefault(Hash.of(refreshToken), 0);
    }

    /** The highest count over all refresh tokens that were ever redeemed; 1 where no token was sent twice. */
    public int maxRedemptions() {
        return redemptions.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    public List<Revocation> revocations() {
        return List.copyOf(revocations);
    }

    public List<ApiCall> apiCalls() {
        return List.copyOf(apiCalls);
    }

    /** Forgets everything seen so far. */
    public void clear() {
        tokenRequests.clear();
        revocations.clear();
        apiCalls.clear();
        redemptions.clear();
    }

    void redeemed(String refreshToken) {
        redemptions.merge(Hash.of(refreshToken), 1, Integer::sum);
    }

    void add(TokenRequest request) {
        tokenRequests.add(request);
    }

    void add(Revocation revocation) {
        revocations.add(revocation);
    }

    void add(ApiCall call) {
        apiCalls.add(call);
    }
}
