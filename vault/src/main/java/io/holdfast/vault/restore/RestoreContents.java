package io.holdfast.vault.restore;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.BlobCodec;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings content from packs to files: pack by pack, each in the order of its bytes, what lies near each other in one read,
 * several reads at once. What is written has been authenticated and hashed. Memory is bounded by the number of threads,
 * however much there is to restore.
 */
final class RestoreContents {

    /** How many chunks are sorted into packs at a time. */
    private static final int WINDOW = 16 * 1024;

    /** Bytes between two blobs that are sooner read in vain than the store asked twice. */
    private static final long GAP = 1024 * 1024;

    private static final int LARGEST_READ = 4 * 1024 * 1024;

    /** Content that a file needs at a position. */
    private record Piece(RestoreFile file, long position, PackedBlob blob) {

        long start() {
            return blob.offset();
        }

        long end() {
            return blob.offset() + blob.length();
        }
    }

    /** Pieces of one pack that are read at once, in the order in which they lie there. */
    private record Read(PackId pack, List<Piece> pieces) {

        long start() {
            return pieces.getFirst().start();
        }

        long end() {
            return pieces.getLast().end();
        }

        boolean takes(Piece next) {
            return next.end() <= end() || (next.start() - end() < GAP && next.end() - start() <= LARGEST_READ);
        }
    }

    /** What one thread reads into, so that nothing large is left to the collector. */
    private static final class Buffers {

        private final BlobCodec codec;
        private byte[] room = new byte[0];

        Buffers(BlobCodec codec) {
            this.codec = codec;
        }

        byte[] room(int length) {
            if (room.length < length) {
                room = new byte[Math.max(length, LARGEST_READ)];
            }
            return room;
        }
    }

    private final Repository repository;
    private final Workers workers;
    private final ThreadLocal<Buffers> buffers;
    private final Map<PackId, List<Piece>> window = new LinkedHashMap<>();
    private int collected;

    RestoreContents(Repository repository, Workers workers) {
        this.repository = repository;
        this.workers = workers;
        buffers = ThreadLocal.withInitial(() -> new Buffers(new BlobCodec(repository.key())));
    }

    /** Damage concerns the files that need what is damaged; a repository that does not answer is an exception. */
    void bring(List<RestoreFile> files) throws IOException {
        for (RestoreFile file : files) {
            file.missing((chunk, position) -> collect(file, chunk, position));
        }
        readWindow();
    }

    private void collect(RestoreFile file, BlobId chunk, long position) throws IOException {
        BlobKey key = BlobKey.data(chunk);
        Optional<BlobIndex.Location> at = repository.index().current().find(key);
        if (at.isEmpty()) {
            file.fail(new DamagedException("%s is in no index file".formatted(key)));
            return;
        }
        window.computeIfAbsent(at.get().pack(), _ -> new ArrayList<>())
                .add(new Piece(file, position, at.get().blob()));
        collected++;
        if (collected == WINDOW) {
            readWindow();
        }
    }

    private void readWindow() throws IOException {
        List<Read> reads = new ArrayList<>();
        window.forEach((pack, pieces) -> addReads(pack, pieces, reads));
        window.clear();
        collected = 0;
        workers.each(reads, this::read);
    }

    private static void addReads(PackId pack, List<Piece> pieces, List<Read> reads) {
        pieces.sort(Comparator.comparingLong(Piece::start));
        Read last = null;
        for (Piece piece : pieces) {
            if (last == null || !last.takes(piece)) {
                last = new Read(pack, new ArrayList<>());
                reads.add(last);
            }
            last.pieces().add(piece);
        }
    }

    private void read(Read read) throws BackendException {
        byte[] bytes = load(read);
        BlobCodec.Content content = null;
        PackedBlob opened = null;
        for (Piece piece : read.pieces()) {
            if (piece.file().isPlanned()) {
                try {
                    if (content == null || !piece.blob().equals(opened)) {
                        content = open(piece.blob(), bytes, read.start());
                        opened = piece.blob();
                    }
                    piece.file().write(content.buffer(), content.length(), piece.position());
                } catch (DamagedException e) {
                    piece.file().fail(e);
                }
            }
        }
    }

    /** The bytes of the pack; nothing when they cannot be had at once, and each blob is asked for by itself. */
    private byte @Nullable [] load(Read read) throws BackendException {
        Handle pack = PackReading.handle(read.pack());
        int length = (int) (read.end() - read.start());
        byte[] room = buffers.get().room(length);
        try {
            repository.backend().load(pack, read.start(), length, room);
            return room;
        } catch (BackendException e) {
            return switch (e.kind()) {
                case NOT_FOUND, DAMAGED -> null;
                case DENIED, RETAINED, FULL, MISCONFIGURED, UNREACHABLE -> throw e;
            };
        }
    }

    private BlobCodec.Content open(PackedBlob blob, byte @Nullable [] bytes, long start)
            throws BackendException, DamagedException {
        if (bytes != null) {
            try {
                return buffers.get().codec.open(blob, bytes, (int) (blob.offset() - start));
            } catch (DamagedException _) {
                // Another copy, or another try, may be whole.
            }
        }
        byte[] content = repository.blobs().read(blob.key());
        return new BlobCodec.Content(content, content.length);
    }
}
