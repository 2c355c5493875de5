package io.holdfast.vault.check;

import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Memory;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    private final Memory memory = new Memory(MEMORY_IN_MIB);
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
        Parallel.FEW.forEach(
                chosen,
                pack -> memory.during(sizes.getOrDefault(pack, 0L), () -> {
                    read(pack);
                    watch.at("bytes of packs", bytes.get(), all);
                }));
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

    int packs() {
        return packs.get();
    }

    long bytes() {
        return bytes.get();
    }
}
