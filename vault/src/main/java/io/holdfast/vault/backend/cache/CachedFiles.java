package io.holdfast.vault.backend.cache;

import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cached files of one repository. Failures are misses; the first one to keep a file ends the keeping. */
final class CachedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CachedFiles.class);

    private final CacheSpace space;
    private final Path root;
    /** Packs whose content hashed to their name since this process began. */
    private final Set<Handle> hashed = ConcurrentHashMap.newKeySet();

    private volatile boolean kept = true;

    CachedFiles(CacheSpace space, String repository) {
        this.space = space;
        this.root = space.directory().resolve(repository);
    }

    /** Whether it is worth while to load more than was asked for. */
    boolean areKept() {
        return kept;
    }

    /** A whole file that hashes to its name; one that does not is removed. */
    Optional<byte[]> load(Handle handle) {
        Path file = file(handle);
        try {
            if (Files.size(file) > Integer.MAX_VALUE - Long.BYTES) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            if (!isNamedAfter(handle, content)) {
                forget(handle);
                return Optional.empty();
            }
            space.touch(file);
            return Optional.of(content);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** A part of a file. It is hashed as a whole at its first use only, because a blob within is authenticated anyway. */
    Optional<byte[]> load(Handle handle, long offset, int length) {
        if (!hashed.contains(handle)) {
            if (load(handle).isEmpty()) {
                return Optional.empty();
            }
            hashed.add(handle);
        }
        try (FileChannel channel = FileChannel.open(file(handle))) {
            ByteBuffer part = ByteBuffer.allocate(length);
            int read = 0;
            while (part.hasRemaining() && read >= 0) {
                read = channel.read(part, offset + part.position());
            }
            return part.hasRemaining() ? Optional.empty() : Optional.of(part.array());
        } catch (IOException _) {
            hashed.remove(handle);
            return Optional.empty();
        }
    }

    /** Keeps a file whose content is what its name promises. */
    void keep(Handle handle, byte[] content) {
        if (!kept || !isNamedAfter(handle, content)) {
            return;
        }
        try {
            space.write(file(handle), content);
        } catch (IOException e) {
            kept = false;
            LOG.atWarn()
                    .addKeyValue("directory", root)
                    .addKeyValue("reason", e.toString())
                    .log("Nothing more is cached");
        }
    }

    void forget(Handle handle) {
        hashed.remove(handle);
        try {
            Files.deleteIfExists(file(handle));
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file(handle)).setCause(e).log("A cached file stays");
        }
    }

    private Path file(Handle handle) {
        return root.resolve(handle.type().directory())
                .resolve(handle.name().substring(0, 2))
                .resolve(handle.name());
    }

    private static boolean isNamedAfter(Handle handle, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).equals(handle.name());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }
}
