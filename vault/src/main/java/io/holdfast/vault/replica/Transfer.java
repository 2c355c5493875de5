package io.holdfast.vault.replica;

import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Memory;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings packs from a source to its copy, several at once, each read whole and hashed before it is sent. */
final class Transfer {

    private final Repository source;
    private final Replica target;
    private final Standing standing;
    private final ReplicationListener listener;
    private final Parallel parallel;
    private final PackReading packs;
    private final Memory memory = new Memory(Replicas.MEMORY_IN_MIB);
    private final Map<PackId, String> unreadable = new ConcurrentHashMap<>();
    private long packsSent;
    private long bytesSent;

    Transfer(Repository source, Replica target, Standing standing, ReplicationListener listener, int atOnce) {
        this.source = source;
        this.target = target;
        this.standing = standing;
        this.listener = listener;
        parallel = new Parallel(atOnce);
        packs = new PackReading(source.backend(), source.key());
    }

    /** Packs of the source that turned out to be damaged, and how. */
    Map<PackId, String> unreadable() {
        return unreadable;
    }

    synchronized long packsSent() {
        return packsSent;
    }

    synchronized long bytesSent() {
        return bytesSent;
    }

    /**
     * Sends packs of the source's index, and names them in the target's once all are there. Damaged ones are left out and
     * noted; any other failure stops it.
     */
    void send(Collection<PackId> wanted) throws IOException {
        parallel.forEach(wanted, this::send);
        flush();
    }

    /** Names in the target's index what arrived there. */
    void flush() throws IOException {
        standing.verify();
        target.flush();
    }

    private void send(PackId id) throws IOException {
        Pack pack = source.index().current().pack(id);
        if (pack == null) {
            throw new IllegalArgumentException("pack %s is not in the source's index".formatted(id));
        }
        memory.during(pack.size(), () -> {
            if (target.hasUnnamed(pack)) {
                arrived(pack);
            } else {
                send(pack);
            }
        });
    }

    private void send(Pack pack) throws IOException {
        byte[] content;
        try {
            content = packs.load(pack.id());
            if (!packs.describe(pack.id(), content).equals(pack)) {
                throw new DamagedException("%s: its header differs from the index".formatted(pack.handle()));
            }
        } catch (DamagedException e) {
            unreadable.put(pack.id(), String.valueOf(e.getMessage()));
            return;
        }
        target.store(pack, content);
        count(pack.id(), content.length);
        arrived(pack);
    }

    private void arrived(Pack pack) throws IOException {
        if (target.arrived(pack)) {
            flush();
        }
    }

    private synchronized void count(PackId pack, long bytes) {
        packsSent++;
        bytesSent += bytes;
        listener.packReplicated(pack, bytes);
    }
}
