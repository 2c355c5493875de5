package io.holdfast.vault;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Watch;
import io.holdfast.vault.repository.Workers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Reads packs whole, several at a time as long as they fit into a certain memory. */
final class CheckedPacks {

    private static final int MEMORY_IN_MIB = 96;

    private final BlobIndex index;
    private final PackReading reading;
    private final CheckFindings findings;
    private final Watch watch;
    private final Semaphore memory = new Semaphore(MEMORY_IN_MIB);
    private final AtomicInteger packs = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    CheckedPacks(Repository repository, BlobIndex index, CheckFindings findings, Watch watch) {
        this.index = index;
        this.findings = findings;
        this.watch = watch;
        reading = new PackReading(repository.backend(), repository.key());
    }

    void run(ReadData which, Map<PackId, Long> sizes) throws IOException {
        List<PackId> chosen = which.choose(sizes, RandomGenerator.getDefault());
        long all =
                chosen.stream().mapToLong(pack -> sizes.getOrDefault(pack, 0L)).sum();
        Workers.each(chosen, pack -> {
            int needed = Math.clamp(sizes.getOrDefault(pack, 0L) >> 20, 1, MEMORY_IN_MIB);
            acquire(needed);
            try {
                read(pack);
                watch.at("bytes of packs", bytes.get(), all);
            } finally {
                memory.release(needed);
            }
        });
    }

    private void read(PackId id) throws IOException {
        Pack pack = index.pack(id);
        if (pack == null) {
            return;
        }
        if (!findings.attempt(pack.handle(), () -> bytes.addAndGet(reading.verify(pack, _ -> true)))) {
            findings.damagedPack(id);
        }
        packs.incrementAndGet();
    }

    private void acquire(int permits) throws InterruptedIOException {
        try {
            memory.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while packs were being read");
        }
    }

    int packs() {
        return packs.get();
    }

    long bytes() {
        return bytes.get();
    }
}
