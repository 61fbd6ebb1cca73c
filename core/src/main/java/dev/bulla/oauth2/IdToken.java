package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a signed JWT in compact form (RFC 7515 section 7.1), judged before any library sees them: size, strict base64url, strict
 * JSON, no header that brings keys along, no token of another kind. Encrypted tokens have five parts and are refused.
 *
 * @param header the JOSE header
 * @param claims the claims
 * @param headerPart the header as it was sent
 * @param signed what the signature covers
 * @param signature as it was sent
 */
record IdToken(Json header, Json claims, String headerPart, byte[] signed, String signature) {
    private static final int LONGEST = 16 << 10;
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
    private static final List<String> REFUSED_HEADERS =
            List.of("jku", "x5u", "jwk", "crit", "cty", "zip", "enc", "b64");

    /** @throws IdTokenRefused with a reason that quotes nothing */
    static IdToken parse(String text) throws IdTokenRefused {
        Matcher matcher = FORM.matcher(text.length() > LONGEST ? "" : text);
        IdTokenRefused.unless(matcher.matches(), "form");
        Json header = json(matcher.group(1));
        for (String name : REFUSED_HEADERS) {
            IdTokenRefused.unless(!header.has(name), "header " + name);
        }
        boolean ordinary = !header.has("typ")
                || header.text("typ")
                        .filter(typ -> typ.toUpperCase(Locale.ROOT).equals("JWT"))
                        .isPresent();
        IdTokenRefused.unless(ordinary, "header typ");
        decode(matcher.group(3));
        byte[] signed = (matcher.group(1) + "." + matcher.group(2)).getBytes(StandardCharsets.US_ASCII);
        return new IdToken(header, json(matcher.group(2)), matcher.group(1), signed, matcher.group(3));
    }

    private static Json json(String part) throws IdTokenRefused {
        try {
            return StrictJson.document(decode(part));
        } catch (BullaException e) {
            throw new IdTokenRefused("form");
        }
    }

    /** One text for one content: no bits are left over behind the last byte. */
    private static byte[] decode(String part) throws IdTokenRefused {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            IdTokenRefused.unless(
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part),
                    "form");
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new IdTokenRefused("form");
        }
    }
}
