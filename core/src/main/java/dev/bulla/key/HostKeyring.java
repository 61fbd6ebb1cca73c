package dev.bulla.key;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The host's own keys. Each is a numbered <em>term</em> of 32 random bytes; everything that is sealed is locked by one
 * of them, and which one is written on the record. They are kept outside the database: whoever holds both reads every
 * host-sealed token.
 *
 * <p><b>Changing the key</b> without a pause: {@link #stage} and bring the file to every node; {@link #activate} and
 * bring it again. What is written from then on is locked by it; the old term opens the rest, and stays in the file until
 * nothing is locked by it any more: then {@link #retire}. A node that meets a term which it does not have says
 * {@code HOST_KEY_MISSING}, never that a member should reconnect. The numbers of retired terms are not given out again.
 *
 * <p><b>File format</b>, version 1: lines of ASCII, fields joined by one blank. Empty lines and lines that begin with
 * {@code #} are skipped, and are not kept when the file is rewritten.
 *
 * <pre>
 * bulla-host-keys 1
 * next 3
 * term 1 old &lt;64 hexadecimal digits&gt; &lt;8 hexadecimal digits&gt;
 * term 2 active &lt;64 hexadecimal digits&gt; &lt;8 hexadecimal digits&gt;
 * </pre>
 *
 * The first line names the format; {@code next} is the number of the term to be staged next; then the terms, upwards.
 * The last field is a check value, the first four bytes of SHA-256 over the ASCII text {@code bulla host key check},
 * the number as four bytes and the key, so that a mistyped or cut line is told at start instead of by records that do
 * not open.
 *
 * <p>A ring is immutable and thread-safe; to take a changed file in, read it again. {@code toString} shows numbers and
 * states only.
 */
public final class HostKeyring {
    private final TreeMap<Integer, HostTerm> terms = new TreeMap<>();
    private final int activeTerm;

    HostKeyring(Iterable<HostTerm> terms) {
        int active = 0;
        for (HostTerm term : terms) {
            this.terms.put(term.number, term);
            if (term.state == TermState.ACTIVE) {
                active = term.number;
            }
        }
        this.activeTerm = active;
    }

    /**
     * Reads the ring from a file.
     *
     * @throws BullaException {@code SETUP} where the file is missing, is not of the format, or can be read or written
     *     by its group or by everybody (on file systems with POSIX permissions)
     */
    public static HostKeyring fromFile(Path file) {
        return new HostKeyring(KeyringFile.read(file).terms());
    }

    /**
     * Reads the ring from a text in the file's format, for hosts that get it from a key or secret service.
     *
     * @throws BullaException {@code SETUP} where the text is not of the format
     */
    public static HostKeyring fromText(String text) {
        return new HostKeyring(KeyringText.parse(text, "the text").terms());
    }

    /**
     * Makes a new file with one active term, readable and writable by its owner alone, and reads it. The file appears
     * with all its content or not at all.
     *
     * @throws BullaException {@code SETUP} where the file exists, which is left as it is, or cannot be written
     */
    public static HostKeyring create(Path file) {
        KeyringFile.create(file);
        return fromFile(file);
    }

    /** A ring of one new active term that is kept nowhere: for tests. What it sealed is lost with it. */
    public static HostKeyring ephemeral() {
        return new HostKeyring(KeyringText.fresh().terms());
    }

    /**
     * Adds a new staged term to the file and answers its number. The file is replaced in one step.
     *
     * @throws BullaException {@code SETUP} as for {@link #fromFile}, or where another change is under way
     */
    public static int stage(Path file) {
        return KeyringFile.change(file, KeyringText::stage);
    }

    /**
     * Makes a staged or old term the active one; the active one becomes old. Every node should have the term before.
     * Activating the active term changes nothing.
     *
     * @throws BullaException {@code SETUP} as for {@link #stage}, or where the file has no such term
     */
    public static void activate(Path file, int term) {
        KeyringFile.change(file, ring -> ring.activate(term));
    }

    /**
     * Takes a term out of the file, for ever: records that it still locks can not be opened again. {@code Bulla}
     * refuses to start without a term that is in use, so keep the file's former version until it has.
     *
     * @throws BullaException {@code SETUP} as for {@link #stage}, or where the term is the active one or not in the
     *     file
     */
    public static void retire(Path file, int term) {
        KeyringFile.change(file, ring -> ring.retire(term));
    }

    /** The number of the term that seals. */
    public int activeTerm() {
        return activeTerm;
    }

    /** Numbers and states, upwards; a copy. */
    public SortedMap<Integer, TermState> terms() {
        NavigableMap<Integer, TermState> states = new TreeMap<>();
        terms.values().forEach(term -> states.put(term.number, term.state));
        return states;
    }

    /**
     * A fresh copy of a term's 32 bytes: never log or store them.
     *
     * @throws BullaException {@code HOST_KEY_MISSING} where the ring has no such term
     */
    public byte[] revealKey(int term) {
        HostTerm found = terms.get(term);
        if (found == null) {
            throw new BullaException(
                    ErrorCode.HOST_KEY_MISSING,
                    "host key " + term + " is not in this ring: bring the ring that has it to this node");
        }
        return found.key.clone();
    }

    @Override
    public String toString() {
        return "HostKeyring" + terms.values();
    }
}
