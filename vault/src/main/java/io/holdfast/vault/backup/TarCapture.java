package io.holdfast.vault.backup;

import io.holdfast.vault.backup.TarTree.Folder;
import io.holdfast.vault.backup.TarTree.Slot;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarFormatException;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/** Turns the files of a tar stream into nodes. What cannot be trusted in it ends the backup. */
final class TarCapture {

    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private final FileReaders readers;
    private final Findings findings;
    private final SnapshotPath at;
    private final TarTree tree;

    TarCapture(FileReaders readers, Findings findings, SnapshotPath at, Selection selection) {
        this.readers = readers;
        this.findings = findings;
        this.at = at;
        tree = new TarTree(selection.within(at), MOST_BYTES);
    }

    /** Reads the stream to its end and stores the content of its files. */
    Folder read(InputStream in) throws IOException {
        TarReader reader = new TarReader(in, TarLimits.STANDARD);
        TarEntry entry = reader.next();
        if (entry == null) {
            throw new TarFormatException("it holds nothing");
        }
        for (; entry != null; entry = reader.next()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            readers.throwIfStopped();
            take(entry, reader.content());
        }
        return tree.top();
    }

    private void take(TarEntry entry, InputStream content) throws IOException {
        String path = at + "/" + TarEntry.text(entry.path());
        entry.notes().forEach(note -> findings.problem(new Problem(path, note)));
        if (entry.metadata().type() == NodeType.DIR) {
            tree.directory(entry);
            return;
        }
        Slot slot = tree.slot(entry);
        List<Name> first = entry.first();
        if (slot == null) {
            return;
        }
        if (first != null && tree.leavesOut(first)) {
            findings.problem(new Problem(path, "is another name of what is left out"));
        } else if (first != null) {
            tree.link(slot, entry, first);
        } else if (entry.metadata().type() == NodeType.FILE) {
            tree.put(slot, entry, readers.content(content, entry.metadata().size()));
        } else {
            tree.put(slot, entry, null);
        }
    }
}
