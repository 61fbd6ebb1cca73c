package dev.bulla.model;

/**
 * A cookie for the browser: HttpOnly, SameSite=Lax, path {@code /}, no domain.
 *
 * @param name with the prefix {@code __Host-} unless the base URI is loopback over http
 * @param value empty to delete the cookie
 * @param secure false only while the base URI is loopback over http
 * @param maxAgeSeconds 0 to delete it
 */
public record Cookie(String name, String value, boolean secure, int maxAgeSeconds) {
    /** The value of a {@code Set-Cookie} header. */
    public String header() {
        return name + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    @Override
    public String toString() {
        return "Cookie[" + name + "]";
    }
}
