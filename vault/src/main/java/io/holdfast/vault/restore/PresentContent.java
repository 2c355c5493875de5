package io.holdfast.vault.restore;

import io.holdfast.vault.files.OpenFile;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.util.BitSet;

/** What the target's file holds of the content that is wanted, chunk by chunk where it belongs. */
final class PresentContent {

    private final WantedFile wanted;
    private BitSet chunks = new BitSet();
    private boolean isWhole;

    PresentContent(WantedFile wanted) {
        this.wanted = wanted;
    }

    /** Takes equal size and time of modification for equal content, where that is what was asked for. */
    boolean isTrusted() {
        Metadata now = wanted.now();
        return now != null
                && now.type() == NodeType.FILE
                && wanted.target().spec().overwrite() == RestoreSpec.Overwrite.IF_CHANGED
                && now.size() == wanted.size()
                && now.mtime().equals(wanted.node().metadata().mtime());
    }

    /** Reads the file that has the name; one that cannot be read holds nothing. */
    void find() {
        chunks = new BitSet();
        isWhole = false;
        try {
            wanted.in(directory -> {
                try (OpenFile in = directory.read(wanted.name())) {
                    compare(in);
                }
            });
        } catch (IOException e) {
            chunks.clear();
        }
    }

    private void compare(OpenFile in) throws IOException {
        for (int i = 0; i < wanted.chunks(); i++) {
            byte[] chunk = in.readNBytes(wanted.lengths()[i]);
            if (chunk.length < wanted.lengths()[i]) {
                return;
            }
            chunks.set(i, wanted.isChunk(i, chunk));
        }
        isWhole = count() == wanted.chunks() && in.read() < 0;
    }

    /** Whether that is all, and nothing follows it. */
    boolean isWhole() {
        return isWhole;
    }

    boolean has(int chunk) {
        return chunks.get(chunk);
    }

    int count() {
        return chunks.cardinality();
    }

    /** Copies what was found to a new file; what is not there any more is not found. */
    void copyTo(RestoreOutput out) throws IOException {
        wanted.in(directory -> {
            try (OpenFile in = directory.read(wanted.name())) {
                copy(in, out);
            }
        });
    }

    private void copy(OpenFile in, RestoreOutput out) throws IOException {
        long position = 0;
        for (int i = 0; i < wanted.chunks(); i++) {
            int length = wanted.lengths()[i];
            byte[] chunk = in.readNBytes(length);
            if (has(i) && chunk.length == length && wanted.isChunk(i, chunk)) {
                out.write(chunk, length, position);
                wanted.target().findings().present(length);
            } else {
                chunks.clear(i);
            }
            position += length;
        }
    }
}
