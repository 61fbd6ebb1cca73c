package dev.bulla.vault;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as views without secrets. */
public final class Views {
    private static final String OWN = "bulla:";

    /** Attribute that says that the service did not confirm the credential. */
    public static final String UNVERIFIED = OWN + "unverified";

    /** Attribute that says that the service did not name the scopes that it granted. */
    public static final String ASSUMED = OWN + "assumed-scopes";

    /** Attribute with the names of the fields that are filled in, separated by blanks. */
    public static final String FIELDS = OWN + "fields";

    /** Attribute that says who filled in which fields when. */
    public static final String HISTORY = OWN + "history";

    /** Attribute that says that nothing works before a choice is made. */
    public static final String PENDING = OWN + "pending";

    /** Attribute with what the member chose, for the next consent. */
    public static final String CHOICE = OWN + "choice";

    /** Attribute with the scopes that the service said a request needs beside those that were granted, joined by blanks. */
    public static final String NEEDED = OWN + "needed-scopes";

    private Views() {}

    /** Scopes that a request met as missing since the last consent. */
    public static List<String> needed(AccountRow row) {
        return words(PlainJson.readTexts(row.attributes()).getOrDefault(NEEDED, ""));
    }

    public static ConnectedAccount account(AccountRow row, ConnectionRow connection) {
        Map<String, String> attributes = new LinkedHashMap<>(PlainJson.readTexts(row.attributes()));
        boolean verified = !attributes.containsKey(UNVERIFIED);
        boolean assumed = attributes.containsKey(ASSUMED);
        attributes.keySet().removeIf(name -> name.startsWith(OWN));
        List<String> granted = words(row.scopes());
        List<String> asked = words(connection.scopes());
        return new ConnectedAccount(
                row.id(),
                row.member(),
                connection.name(),
                row.connectionId(),
                connection.provider(),
                row.label(),
                status(row.status()),
                reason(row.reason()),
                Optional.ofNullable(row.subject()),
                Optional.ofNullable(row.displayName()).filter(name -> !name.isBlank()),
                Map.copyOf(attributes),
                granted,
                missing(row, granted, asked),
                asked.isEmpty() ? List.of() : without(granted, asked),
                assumed,
                verified,
                row.sealed() == null ? SealedTo.NOBODY : row.keyNo() == 0 ? SealedTo.HOST : SealedTo.MEMBER,
                Instant.ofEpochMilli(row.connectedAt()),
                time(row.expiresAt()),
                time(row.refreshBy()),
                time(row.lastUsedAt()));
    }

    private static List<String> missing(AccountRow row, List<String> granted, List<String> asked) {
        List<String> missing = new ArrayList<>(granted.isEmpty() ? List.of() : without(asked, granted));
        needed(row).stream().filter(scope -> !missing.contains(scope)).forEach(missing::add);
        return List.copyOf(missing);
    }

    /** Whether an account waits for its first choice, whatever else its status says. */
    public static boolean awaitsChoice(AccountRow row) {
        return PlainJson.readTexts(row.attributes()).containsKey(PENDING);
    }

    /** The words of a blank-separated list. */
    public static List<String> words(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(" "));
    }

    /** The elements of {@code all} that are not among {@code some}. */
    public static List<String> without(List<String> all, List<String> some) {
        List<String> left = new ArrayList<>(all);
        left.removeAll(some);
        return List.copyOf(left);
    }

    /** Empty also for one that a newer version on another node has written. */
    public static Optional<Reason> reason(@Nullable String code) {
        return Stream.of(Reason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    /** One that a newer version on another node has written is no reason to use the account. */
    public static AccountStatus status(String name) {
        return Stream.of(AccountStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(AccountStatus.RECONNECT_REQUIRED);
    }

    private static Optional<Instant> time(@Nullable Long millis) {
        return millis == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
