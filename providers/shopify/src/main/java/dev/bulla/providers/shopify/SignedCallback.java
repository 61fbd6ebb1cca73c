package dev.bulla.providers.shopify;

import dev.bulla.provider.CallbackCheck;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a callback: hex of HMAC-SHA256 with the client secret over all other parameters, decoded, sorted by name and joined as in
 * a query. What is signed must also be young and speak of the shop that was asked. Thread-safe.
 */
final class SignedCallback implements CallbackCheck {
    private static final String SIGNATURE = "hmac";
    /** What Shopify's own libraries allow. */
    private static final Duration TOLERANCE = Duration.ofSeconds(90);

    private final String part;
    private final String host;

    SignedCallback(String part, String host) {
        this.part = part;
        this.host = host;
    }

    @Override
    public boolean accepts(Map<String, String> parameters, ProviderCall call) {
        Secret key = call.app().clientSecret();
        return key != null
                && isSigned(parameters, key)
                && isYoung(
                        parameters.getOrDefault("timestamp", ""), call.clock().instant())
                && parameters
                        .getOrDefault("shop", "")
                        .equals(call.app().instance().get(part) + host);
    }

    private static boolean isSigned(Map<String, String> parameters, Secret key) {
        Map<String, String> signed = new TreeMap<>(parameters);
        String signature = signed.remove(SIGNATURE);
        String message = signed.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("&"));
        return signature != null
                && MessageDigest.isEqual(
                        HexFormat.of().formatHex(hmac(message, key)).getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hmac(String message, Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256");
        }
    }

    private static boolean isYoung(String timestamp, Instant now) {
        return timestamp.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }
}
