package io.holdfast.vault.pack;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads some of a pack's blobs, neighbours with one request. */
public final class PackBlobs {

    /** A gap this small is read over. */
    private static final int GAP = 1024 * 1024;

    private static final int MOST_AT_ONCE = 32 * 1024 * 1024;

    /** Takes what was read. */
    public interface Sink {

        /** A blob that has been authenticated and hashed. */
        void blob(PackedBlob blob, byte[] content) throws IOException;

        /** A blob that cannot be read from this pack. */
        void damaged(PackedBlob blob, DamagedException damage) throws IOException;
    }

    private final Backend backend;
    private final SealingKey key;

    public PackBlobs(Backend backend, SealingKey key) {
        this.backend = backend;
        this.key = key;
    }

    /** Reads these blobs of the pack in the order in which they lie. */
    public void read(Pack pack, List<PackedBlob> chosen, Sink sink) throws IOException {
        List<PackedBlob> run = new ArrayList<>();
        for (PackedBlob blob : chosen.stream()
                .sorted(Comparator.comparingLong(PackedBlob::offset))
                .toList()) {
            if (!run.isEmpty() && !continues(run, blob)) {
                readRun(pack, run, sink);
                run.clear();
            }
            run.add(blob);
        }
        if (!run.isEmpty()) {
            readRun(pack, run, sink);
        }
    }

    private static boolean continues(List<PackedBlob> run, PackedBlob next) {
        return next.offset() - end(run.getLast()) < GAP
                && end(next) - run.getFirst().offset() <= MOST_AT_ONCE;
    }

    private static long end(PackedBlob blob) {
        return blob.offset() + blob.length();
    }

    private void readRun(Pack pack, List<PackedBlob> run, Sink sink) throws IOException {
        long start = run.getFirst().offset();
        byte[] part;
        try {
            part = backend.load(pack.handle(), start, (int) (end(run.getLast()) - start));
        } catch (BackendException e) {
            if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.DAMAGED) {
                throw e;
            }
            readSingly(pack, run, sink, e);
            return;
        }
        for (PackedBlob blob : run) {
            open(pack, blob, part, (int) (blob.offset() - start), sink);
        }
    }

    /** Where a part cannot be had whole, as of a pack cut short, some of its blobs may. */
    private void readSingly(Pack pack, List<PackedBlob> run, Sink sink, BackendException failure) throws IOException {
        if (run.size() == 1) {
            sink.damaged(
                    run.getFirst(),
                    new DamagedException("%s: %s".formatted(pack.handle(), failure.getMessage()), failure));
            return;
        }
        for (PackedBlob blob : run) {
            readRun(pack, List.of(blob), sink);
        }
    }

    private void open(Pack pack, PackedBlob blob, byte[] part, int at, Sink sink) throws IOException {
        byte[] content;
        try {
            content = blob.open(key, part, at);
        } catch (DamagedException e) {
            sink.damaged(blob, new DamagedException("%s: %s".formatted(pack.handle(), e.getMessage()), e));
            return;
        }
        sink.blob(blob, content);
    }
}
