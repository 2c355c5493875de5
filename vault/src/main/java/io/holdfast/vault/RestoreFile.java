package io.holdfast.vault;

import io.holdfast.vault.RestoreSpec.Option;
import io.holdfast.vault.files.Inode;
import io.holdfast.vault.files.OpenFile;
import io.holdfast.vault.files.TargetFile;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way to its place: compared, written beside it, put there. Whatever goes wrong with it is a problem, and
 * what had its name keeps its state.
 */
final class RestoreFile {

    private enum State {
        PLANNED,
        /** The target holds its content already. */
        PRESENT,
        /** Whole, but not in its place yet. */
        WRITTEN,
        DONE,
        FAILED
    }

    /** Told of content that is needed. */
    interface Need {
        void of(BlobId chunk, long position) throws IOException;
    }

    private final RestoreTarget target;
    private final RestoreLevel level;
    private final Name name;
    private final Node node;
    private final int[] lengths;
    private final @Nullable Metadata now;
    private final @Nullable LinkSource source;
    private final AtomicInteger missing;

    /** The chunks that the target's file holds where they belong. */
    private BitSet present = new BitSet();

    private volatile State state = State.PLANNED;
    private @Nullable Name temporary;
    private @Nullable TargetFile open;

    /**
     * @param lengths of its chunks, in bytes
     * @param now what has the name in the target; null when nothing has
     * @param source told when it is in its place, for its other names; null when it has none
     */
    RestoreFile(
            RestoreTarget target,
            RestoreLevel level,
            Name name,
            Node node,
            int[] lengths,
            @Nullable Metadata now,
            @Nullable LinkSource source) {
        this.target = target;
        this.level = level;
        this.name = name;
        this.node = node;
        this.lengths = lengths;
        this.now = now;
        this.source = source;
        missing = new AtomicInteger(lengths.length);
    }

    RestoreLevel level() {
        return level;
    }

    private boolean hasSeveralChunks() {
        return lengths.length > 1;
    }

    /** How many chunks it has. */
    int chunks() {
        return lengths.length;
    }

    long size() {
        return node.metadata().size();
    }

    boolean isPlanned() {
        return state == State.PLANNED;
    }

    boolean isWritten() {
        return state == State.WRITTEN;
    }

    /** Finds out what the target's file holds already. */
    void compare() {
        if (now == null || now.type() != NodeType.FILE) {
            return;
        }
        boolean trusts = target.spec().overwrite() == RestoreSpec.Overwrite.IF_CHANGED
                && now.size() == size()
                && now.mtime().equals(node.metadata().mtime());
        if (trusts) {
            state = State.PRESENT;
        } else {
            Found found = find();
            present = found.chunks();
            missing.set(lengths.length - present.cardinality());
            if (found.isWhole() && !isSharedWithOthers(now)) {
                state = State.PRESENT;
            }
        }
        if (state == State.PRESENT) {
            target.findings().present(size());
        }
    }

    /** @param isWhole whether these are all, and nothing follows them */
    private record Found(BitSet chunks, boolean isWhole) {}

    /** Reads the file that has the name; one that cannot be read holds nothing. */
    private Found find() {
        BitSet chunks = new BitSet();
        try {
            return target.tree().at(level.place(), directory -> {
                try (OpenFile in = directory.read(name)) {
                    for (int i = 0; i < lengths.length; i++) {
                        byte[] chunk = in.readNBytes(lengths[i]);
                        if (chunk.length < lengths[i]) {
                            return new Found(chunks, false);
                        }
                        chunks.set(i, isChunk(i, chunk));
                    }
                    return new Found(chunks, chunks.cardinality() == lengths.length && in.read() < 0);
                }
            });
        } catch (IOException e) {
            return new Found(new BitSet(), false);
        }
    }

    /** Whether a file has more names than the snapshot knows, so that changing it would change those too. */
    private boolean isSharedWithOthers(Metadata existing) {
        return existing.links() > Math.max(1, node.metadata().links());
    }

    private boolean isChunk(int chunk, byte[] content) {
        return Digest.ofContent(content).equals(node.content().get(chunk).digest());
    }

    /** Writes what needs nothing from the repository, from the target's own file. */
    void copyPresent() {
        if (state != State.PLANNED || (present.isEmpty() && lengths.length > 0)) {
            return;
        }
        try {
            TargetFile out = opened();
            if (temporary != null && !present.isEmpty()) {
                target.tree().in(level.place(), directory -> {
                    try (OpenFile in = directory.read(name)) {
                        copy(in, out);
                    }
                });
            }
            if (missing.get() == 0) {
                finish(out);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void copy(OpenFile in, TargetFile out) throws IOException {
        long position = 0;
        for (int i = 0; i < lengths.length; i++) {
            byte[] chunk = in.readNBytes(lengths[i]);
            if (present.get(i)) {
                if (chunk.length == lengths[i] && isChunk(i, chunk)) {
                    put(out, chunk, position);
                    target.findings().present(chunk.length);
                } else {
                    present.clear(i);
                    missing.incrementAndGet();
                }
            }
            position += lengths[i];
        }
    }

    /** Names the content that has to come from the repository. */
    void missing(Need need) throws IOException {
        long position = 0;
        for (int i = 0; i < lengths.length && state == State.PLANNED; i++) {
            if (!present.get(i)) {
                need.of(node.content().get(i), position);
            }
            position += lengths[i];
        }
    }

    /** Writes a verified chunk; may be called by several threads at once, for different chunks. */
    void write(byte[] chunk, long position) {
        if (state != State.PLANNED) {
            return;
        }
        try {
            TargetFile out = opened();
            put(out, chunk, position);
            target.findings().content(chunk.length);
            if (missing.decrementAndGet() == 0) {
                finish(out);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private synchronized TargetFile opened() throws IOException {
        TargetFile out = open;
        if (out == null) {
            out = target.tree().at(level.place(), directory -> {
                if (isChangedInPlace()) {
                    return directory.write(name);
                }
                Name chosen = Temporary.name();
                TargetFile made = directory.create(chosen);
                temporary = chosen;
                return made;
            });
            open = out;
            if (lengths.length > 1 || target.has(Option.SPARSE) || temporary == null) {
                out.setSize(size());
            }
        }
        return out;
    }

    private boolean isChangedInPlace() {
        return target.has(Option.IN_PLACE) && now != null && now.type() == NodeType.FILE && !isSharedWithOthers(now);
    }

    private void put(TargetFile out, byte[] content, long position) throws IOException {
        if (target.has(Option.SPARSE) && temporary != null) {
            Zeros.writeOthers(out, content, position);
        } else {
            out.write(content, 0, content.length, position);
        }
    }

    private void finish(TargetFile out) throws IOException {
        target.attributes().apply(out, node.metadata(), path());
        out.close();
        open = null;
        state = State.WRITTEN;
    }

    /** Returns when the written file survives a power loss, under whatever name it has. */
    void sync() throws IOException {
        Name written = temporary == null ? name : temporary;
        target.tree().in(level.place(), directory -> {
            try (TargetFile file = directory.write(written)) {
                file.sync();
            }
        });
    }

    /** Brings the file to its place, if it is whole. */
    void place() {
        try {
            switch (state) {
                case WRITTEN -> {
                    rename();
                    isDone(true);
                }
                case PRESENT -> {
                    adjust();
                    isDone(false);
                }
                case PLANNED, DONE, FAILED -> {}
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void isDone(boolean isNew) {
        state = State.DONE;
        if (isNew) {
            target.findings().written();
        } else {
            target.findings().unchanged();
        }
        if (source != null) {
            source.whole(isNew);
        }
    }

    private void rename() throws IOException {
        Name written = temporary;
        if (written != null) {
            if (now != null && now.type() == NodeType.DIR) {
                level.makeWay(name);
            }
            target.tree().in(level.place(), directory -> directory.rename(written, name));
            temporary = null;
            level.changed();
        }
    }

    private void adjust() throws IOException {
        if (now == null || target.attributes().agree(now, node.metadata())) {
            return;
        }
        target.tree().in(level.place(), directory -> {
            try (Inode held = directory.hold(name)) {
                if (held.stat().inode() != now.inode()) {
                    throw new FileSystemException(path(), null, "was replaced by something else meanwhile");
                }
                target.attributes().apply(held, node.metadata(), path());
            }
        });
        level.changed();
    }

    /** For a dry run: tells what {@link #place} would have done. */
    void pretend() {
        boolean isNew = state == State.PLANNED;
        for (int i = 0; i < lengths.length && isNew; i++) {
            if (!present.get(i)) {
                target.findings().content(lengths[i]);
            }
        }
        isDone(isNew);
    }

    /** Reads the file in its place again. */
    void verify() {
        if (state == State.DONE && !find().isWhole()) {
            target.findings().problem(path(), "differs from the snapshot when it is read again");
        }
    }

    void fail(IOException e) {
        synchronized (this) {
            if (state == State.FAILED) {
                return;
            }
            state = State.FAILED;
        }
        target.findings().problem(path(), e);
        if (!hasSeveralChunks()) {
            discard();
        }
    }

    /** Takes away what was written and did not come to its place. Nobody may be writing any more. */
    void discard() {
        TargetFile left = open;
        if (left != null) {
            left.close();
            open = null;
        }
        Name written = temporary;
        if (written != null) {
            temporary = null;
            try {
                target.tree().in(level.place(), directory -> directory.remove(written));
            } catch (IOException e) {
                target.findings().problem(level.place().shown(written), e);
            }
        }
    }

    private String path() {
        return level.place().shown(name).toString();
    }
}
