package dev.bulla.testkit.server;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.testkit.service.OAuthService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps a service in one file: written beside it and moved over it, so that a reader finds the old state or the new. */
final class StateFile {
    private final Path path;
    private final OAuthService service;
    private final ReentrantLock writing = new ReentrantLock();

    StateFile(Path path, OAuthService service) {
        this.path = path;
        this.service = service;
    }

    void load() throws IOException {
        if (Files.exists(path)) {
            try {
                service.restore(JSONObjectUtils.parse(Files.readString(path)));
            } catch (ParseException e) {
                throw new IOException("not a state file: " + path.getFileName(), e);
            }
        }
    }

    void save() {
        writing.lock();
        try {
            Path beside = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(beside, JSONObjectUtils.toJSONString(service.snapshot()));
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }
}
