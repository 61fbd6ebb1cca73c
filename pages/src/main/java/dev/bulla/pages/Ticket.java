package dev.bulla.pages;

import dev.bulla.model.Cookie;
import dev.bulla.model.Landing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A question that waits for the member, between two requests: what its cookie holds. The address of its page names the cookie, by which
 * nobody gets at the ticket. {@code toString} shows nothing.
 *
 * @param kind {@link #CHOICE} or {@link #IDENTITY}
 * @param connection name of the connection
 * @param label of the account
 * @param secret the ticket
 * @param before who was connected, for a question about another identity; else empty
 * @param now who came back
 */
record Ticket(String kind, String connection, String label, String secret, String before, String now) {
    static final String CHOICE = "choice";
    static final String IDENTITY = "identity";
    private static final int LIFE_SECONDS = 900;
    private static final int LONGEST_NAME = 120;

    /** Empty where nothing is asked. */
    static Optional<Ticket> of(Landing.Outcome outcome, String label) {
        if (outcome instanceof Landing.Choosing choosing) {
            return Optional.of(of(choosing));
        }
        return outcome instanceof Landing.IdentityDiffers differs
                ? Optional.of(new Ticket(
                        IDENTITY,
                        differs.connection(),
                        label,
                        differs.ticket(),
                        name(differs.before().orElse("")),
                        name(differs.now())))
                : Optional.empty();
    }

    static Ticket of(Landing.Choosing choosing) {
        return new Ticket(
                CHOICE, choosing.account().connection(), choosing.account().label(), choosing.ticket(), "", "");
    }

    private static String name(String text) {
        String line = text.replaceAll("\\R", " ");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) : line;
    }

    /** Names the cookie. */
    String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page that asks. */
    String page() {
        return kind.equals(CHOICE) ? MemberPaths.CHOOSE : MemberPaths.IDENTITY;
    }

    Cookie cookie(Site site) {
        String text = String.join("\n", List.of(kind, connection, label, secret, before, now));
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new Cookie(cookieName(site, id()), value, isSecure(site), LIFE_SECONDS);
    }

    Cookie gone(Site site) {
        return new Cookie(cookieName(site, id()), "", isSecure(site), 0);
    }

    /** The ticket that a page is about; empty where its cookie is over, or of another kind. */
    static Optional<Ticket> find(Visit visit, String id, String kind) {
        String value = id.matches("[0-9a-f]{12}")
                ? visit.request().cookies().getOrDefault(cookieName(visit.site(), id), "")
                : "";
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            List<String> parts = Arrays.asList(text.split("\n", -1));
            return parts.size() == 6 && parts.get(0).equals(kind)
                    ? Optional.of(
                            new Ticket(kind, parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String cookieName(Site site, String id) {
        return (isSecure(site) ? "__Host-bulla-ask-" : "bulla-ask-") + id;
    }

    private static boolean isSecure(Site site) {
        return "https".equals(site.bulla().baseUri().getScheme());
    }

    @Override
    public String toString() {
        return "Ticket[" + kind + "]";
    }
}
