package dev.bulla.key;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A ring's file. Changes are written to a file beside it, {@code <name>.new}, forced to disk and moved over it; as that
 * file is created only where it is missing, it also keeps two changes apart.
 */
final class KeyringFile {
    private static final int MAX_SIZE = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyringFile() {}

    static KeyringText read(Path file) {
        try {
            requirePrivate(file);
            if (Files.size(file) > MAX_SIZE) {
                throw refused(file, "is too large for a host key file");
            }
            byte[] bytes = Files.readAllBytes(file);
            return KeyringText.parse(new String(bytes, StandardCharsets.ISO_8859_1), file.toString());
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist: HostKeyring.create makes one");
        } catch (IOException e) {
            throw refused(file, "cannot be read");
        }
    }

    static void create(Path file) {
        Path draft = draft(file);
        try {
            write(draft, KeyringText.fresh().write());
            // A hard link, unlike a move, fails where the name is taken.
            Files.createLink(file, draft);
            forceDirectory(file);
        } catch (FileAlreadyExistsException e) {
            throw refused(file, "exists already and is left as it is");
        } catch (IOException | UnsupportedOperationException e) {
            throw refused(file, "cannot be written");
        } finally {
            discard(draft);
        }
    }

    static int change(Path file, ToIntFunction<KeyringText> change) {
        Path target = realPath(file);
        Path draft = draft(target);
        boolean moved = false;
        try {
            KeyringText ring = read(target);
            int term = change.applyAsInt(ring);
            write(draft, ring.write());
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
            forceDirectory(target);
            return term;
        } catch (IOException e) {
            throw refused(file, "cannot be written");
        } finally {
            if (!moved) {
                discard(draft);
            }
        }
    }

    /** The empty file beside {@code file}, which is ours from here on. */
    private static Path draft(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            return Files.createFile(draft, ownerOnly(file));
        } catch (FileAlreadyExistsException e) {
            throw refused(
                    draft, "exists: another change is under way, or one was cut short and the file may be deleted");
        } catch (IOException e) {
            throw refused(file, "cannot be written");
        }
    }

    private static void write(Path draft, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (isPosix(file)) {
            Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
            granted.addAll(Files.getPosixFilePermissions(file));
            granted.removeAll(EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));
            if (!granted.isEmpty()) {
                throw refused(file, "can be reached by others than its owner: chmod 600 it");
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Where a symbolic link stands in for the file, the file that it names is replaced, not the link. */
    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw refused(file, "does not exist or cannot be read");
        }
    }

    private static void forceDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems open no directories; there the move is as durable as they make it.
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // It holds nothing that the ring's own file does not, under the same permissions.
        }
    }

    private static BullaException refused(Path file, String what) {
        return new BullaException(ErrorCode.SETUP, "host keys: " + file + " " + what);
    }
}
