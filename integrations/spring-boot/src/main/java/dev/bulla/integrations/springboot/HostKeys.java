package dev.bulla.integrations.springboot;

import dev.bulla.key.HostKeyring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ring from the file that the properties name, or one that lives as long as a database in memory. */
final class HostKeys {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    /** A database in memory may meet several contexts of one process, as in tests. */
    private static final Map<String, HostKeyring> IN_MEMORY = new ConcurrentHashMap<>();

    private HostKeys() {}

    static HostKeyring from(BullaProperties properties, @Nullable DataSource dataSource) {
        Path file = properties.hostKeys();
        if (file == null) {
            Optional<String> inMemory = dataSource == null ? Optional.empty() : Database.inMemory(dataSource);
            if (inMemory.isPresent()) {
                LOG.warn("the database lives in memory, and so do the host's keys");
                return IN_MEMORY.computeIfAbsent(inMemory.get(), address -> HostKeyring.ephemeral());
            }
            throw new SetupMissing("Bulla seals what it keeps, and has no keys of the host for it.", """
                    Name a file outside of the database that only this application can read, and let the first start make it:

                        bulla.host-keys=/etc/app/bulla.keys
                        bulla.create-host-keys=true

                    Bring the same file to every node, and keep a copy: without it nothing opens. Keys from a secret service are a bean \
                    of type HostKeyring.""");
        }
        if (Files.exists(file)) {
            return HostKeyring.fromFile(file);
        }
        if (properties.createHostKeys()) {
            LOG.info("made the host's keys in {}", file);
            return HostKeyring.create(file);
        }
        throw new SetupMissing("The file of the host's keys, " + file + ", does not exist.", """
                Bring it to this node. Only where nothing has been sealed yet, let this start make it:

                    bulla.create-host-keys=true""");
    }
}
