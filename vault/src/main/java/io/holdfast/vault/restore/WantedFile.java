package io.holdfast.vault.restore;

import io.holdfast.vault.model.Digest;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file that a restore is to bring to its place, and what has its name there.
 *
 * @param lengths of its chunks, in bytes
 * @param now what has the name in the target; null when nothing has
 */
@SuppressWarnings("ArrayRecordComponent")
record WantedFile(
        RestoreTarget target,
        RestoreLevel level,
        Name name,
        Node node,
        int[] lengths,
        @Nullable Metadata now) {

    long size() {
        return node.metadata().size();
    }

    /** How many chunks it has. */
    int chunks() {
        return lengths.length;
    }

    boolean isChunk(int chunk, byte[] content) {
        return Digest.ofContent(content).equals(node.content().get(chunk).digest());
    }

    /** Whether what has the name may be changed, and not only replaced: a file without names that the snapshot knows not. */
    boolean mayChange() {
        return now != null
                && now.type() == NodeType.FILE
                && now.links() <= Math.max(1, node.metadata().links());
    }

    /** Works in the directory that the file lies in. */
    void in(TargetTree.Act act) throws IOException {
        target.tree().in(level.place(), act);
    }

    <T> T at(TargetTree.Use<T> use) throws IOException {
        return target.tree().at(level.place(), use);
    }

    String path() {
        return level.place().shown(name).toString();
    }
}
