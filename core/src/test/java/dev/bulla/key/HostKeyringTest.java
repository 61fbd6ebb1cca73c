package dev.bulla.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyringTest {
    /** Written down once; it must be read for ever. */
    private static final String TEXT = """
            bulla-host-keys 1
            next 4
            term 1 old 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 2329a0aa
            term 2 active 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f 688d43d7
            """;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("host.keys");
    }

    @Test
    void textOfEarlierReleasesIsRead() {
        HostKeyring ring = HostKeyring.fromText(TEXT);

        assertThat(ring.terms()).isEqualTo(Map.of(1, TermState.OLD, 2, TermState.ACTIVE));
        assertThat(ring.activeTerm()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(ring.revealKey(1)))
                .startsWith("000102")
                .endsWith("1e1f");
        assertThat(HexFormat.of().formatHex(ring.revealKey(2)))
                .startsWith("202122")
                .endsWith("3e3f");
    }

    @Test
    void commentsEmptyLinesAndCarriageReturnsAreSkipped() {
        String text = "# ours\r\n\r\n" + TEXT.replace("\n", "\r\n") + "\n\n# end";

        assertThat(HostKeyring.fromText(text).activeTerm()).isEqualTo(2);
    }

    @Test
    void aNewFileHasOneActiveTermAndIsReadAgain() {
        HostKeyring made = HostKeyring.create(file);

        assertThat(made.terms()).isEqualTo(Map.of(1, TermState.ACTIVE));
        assertThat(HostKeyring.fromFile(file).revealKey(1))
                .isEqualTo(made.revealKey(1))
                .hasSize(32);
        assertThat(directory).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.new");
        assertThat(HostKeyring.ephemeral().revealKey(1))
                .isNotEqualTo(HostKeyring.ephemeral().revealKey(1));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileIsTheOwnersAloneBeforeAndAfterChanges() throws IOException {
        HostKeyring.create(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        HostKeyring.stage(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatOthersReachIsRefused(String permissions) throws IOException {
        HostKeyring.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(setup(() -> HostKeyring.fromFile(file)))
                .endsWith("can be reached by others than its owner: chmod 600 it");
        assertThat(setup(() -> HostKeyring.stage(file))).contains("chmod 600");
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        HostKeyring.create(file);
        String before = Files.readString(file);

        assertThat(setup(() -> HostKeyring.create(file))).endsWith("exists already and is left as it is");
        assertThat(file).hasContent(before);
        assertThat(Path.of(file + ".new")).doesNotExist();
    }

    @RepeatedTest(50)
    void ofManyWhoCreateTheFileOneWins() throws InterruptedException {
        var made = new ConcurrentLinkedQueue<HostKeyring>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = Stream.generate(() -> new Thread(() -> createAfter(start, made)))
                .limit(8)
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(1);
        assertThat(HostKeyring.fromFile(file).revealKey(1))
                .isEqualTo(made.element().revealKey(1));
    }

    private void createAfter(CountDownLatch start, Queue<HostKeyring> made) {
        try {
            start.await();
            made.add(HostKeyring.create(file));
        } catch (BullaException | InterruptedException expected) {
            // All but one.
        }
    }

    @Test
    void aTermIsStagedThenActiveThenOldThenGone() {
        byte[] first = HostKeyring.create(file).revealKey(1);

        assertThat(HostKeyring.stage(file)).isEqualTo(2);
        assertThat(states()).isEqualTo(Map.of(1, TermState.ACTIVE, 2, TermState.STAGED));
        HostKeyring.activate(file, 2);
        assertThat(states()).isEqualTo(Map.of(1, TermState.OLD, 2, TermState.ACTIVE));
        assertThat(HostKeyring.fromFile(file).activeTerm()).isEqualTo(2);
        assertThat(HostKeyring.fromFile(file).revealKey(1)).isEqualTo(first);
        HostKeyring.activate(file, 2);
        assertThat(states()).isEqualTo(Map.of(1, TermState.OLD, 2, TermState.ACTIVE));
        HostKeyring.retire(file, 1);
        assertThat(states()).isEqualTo(Map.of(2, TermState.ACTIVE));
    }

    @Test
    void aMissingTermIsToldAsSuch() {
        HostKeyring ring = HostKeyring.ephemeral();
        BullaException thrown = catchThrowableOfType(BullaException.class, () -> ring.revealKey(2));

        assertThat(thrown.code()).isEqualTo(ErrorCode.HOST_KEY_MISSING);
    }

    @Test
    void numbersOfRetiredTermsAreNotGivenOutAgain() {
        HostKeyring.create(file);
        HostKeyring.retire(file, HostKeyring.stage(file));

        assertThat(HostKeyring.stage(file)).isEqualTo(3);
    }

    @Test
    void theActiveTermIsNotRetired() {
        HostKeyring.create(file);

        assertThat(setup(() -> HostKeyring.retire(file, 1)))
                .endsWith("cannot lose term 1, which is the active one: activate another first");
        assertThat(states()).isEqualTo(Map.of(1, TermState.ACTIVE));
    }

    @Test
    void aTermThatIsNotThereIsNeitherActivatedNorRetired() {
        HostKeyring.create(file);

        assertThat(setup(() -> HostKeyring.activate(file, 2))).endsWith("has no term 2");
        assertThat(setup(() -> HostKeyring.retire(file, 2))).endsWith("has no term 2");
        assertThat(Path.of(file + ".new")).doesNotExist();
    }

    @Test
    void twoChangesAreKeptApart() throws IOException {
        HostKeyring.create(file);
        Files.createFile(Path.of(file + ".new"));

        assertThat(setup(() -> HostKeyring.stage(file))).contains("another change is under way");
        assertThat(Path.of(file + ".new")).exists();
        assertThat(states()).isEqualTo(Map.of(1, TermState.ACTIVE));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysALink() throws IOException {
        HostKeyring.create(file);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        HostKeyring.stage(link);

        assertThat(link).isSymbolicLink();
        assertThat(states()).hasSize(2);
    }

    @Test
    void aMissingFileIsTold() {
        assertThat(setup(() -> HostKeyring.fromFile(file))).endsWith("does not exist: HostKeyring.create makes one");
        assertThat(setup(() -> HostKeyring.stage(file))).contains("does not exist");
        assertThat(setup(() -> HostKeyring.create(directory.resolve("missing/host.keys"))))
                .endsWith("cannot be written");
    }

    @Test
    void anEndlessFileIsNotRead() throws IOException {
        HostKeyring.create(file);
        Files.writeString(file, "#".repeat(70_000));

        assertThat(setup(() -> HostKeyring.fromFile(file))).endsWith("is too large for a host key file");
    }

    @Test
    void everyMistypedDigitIsTold() {
        String line = TEXT.lines().toList().get(2);
        for (int i = 0; i < line.length(); i++) {
            char typed = line.charAt(i) == '3' ? '4' : '3';
            String wrong = TEXT.replace(line, line.substring(0, i) + typed + line.substring(i + 1));

            assertThat(setup(() -> HostKeyring.fromText(wrong)))
                    .contains("in line 3")
                    .doesNotContain("0001");
        }
        String mistyped = TEXT.replace("0a0b0c", "0a0b0d");
        assertThat(setup(() -> HostKeyring.fromText(mistyped)))
                .endsWith("has a mistyped key or number in line 3: the check value does not match");
    }

    @Test
    void whatIsNotOfTheFormatIsRefused() {
        List<String> lines = TEXT.lines().toList();
        assertThat(setup(() -> HostKeyring.fromText(""))).endsWith("is empty");
        assertThat(setup(() -> HostKeyring.fromText("# only\n"))).endsWith("is empty");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.replace("keys 1", "keys 2"))))
                .endsWith("does not begin with the line \"bulla-host-keys 1\"");
        assertThat(setup(() -> HostKeyring.fromText(TEXT + lines.get(3)))).contains("twice or out of order");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.replace("next 4", "next 2"))))
                .contains("twice or out of order in line 4");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.replace("next 4\n", ""))))
                .endsWith("in line 2");
        assertThat(setup(() -> HostKeyring.fromText(TEXT + "next 5"))).endsWith("in line 5");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.replace("active", "old"))))
                .endsWith("has 0 active terms instead of one");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.replace("old", "active"))))
                .endsWith("has 2 active terms instead of one");
        assertThat(setup(() -> HostKeyring.fromText(lines.get(0)))).contains("0 active terms");
        assertThat(setup(() -> HostKeyring.fromText(TEXT.substring(0, TEXT.length() - 3))))
                .endsWith("in line 4");
        assertThat(setup(() -> HostKeyring.fromText(TEXT + "term 99999999999 old")))
                .endsWith("in line 5");
    }

    @Test
    void nothingShowsAKey() {
        HostKeyring ring = HostKeyring.fromText(TEXT);

        assertThat(ring).hasToString("HostKeyring[HostTerm[1, OLD], HostTerm[2, ACTIVE]]");
        assertThat(ring).isNotInstanceOf(Serializable.class);
        ring.revealKey(1)[0] = 99;
        assertThat(ring.revealKey(1)[0]).isZero();
    }

    private Map<Integer, TermState> states() {
        return HostKeyring.fromFile(file).terms();
    }

    private static String setup(ThrowingCallable call) {
        BullaException thrown = catchThrowableOfType(BullaException.class, call);
        assertThat(thrown).isNotNull().hasNoCause();
        assertThat(thrown.code()).isEqualTo(ErrorCode.SETUP);
        return thrown.getMessage();
    }
}
