package io.holdfast.vault.backup;

import io.holdfast.vault.backup.FileReaders.Content;
import io.holdfast.vault.backup.FileReaders.ReadException;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.RequestException;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tar.TarFormatException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Turns what lies on no disk into files. A stream that breaks off, or is not what it should be, ends the backup. */
final class StreamCapture {

    private final Folders folders;
    private final FileReaders readers;
    private final Selection selection;
    private final ChangeDetection changes;
    private final Findings findings;

    StreamCapture(
            Folders folders, FileReaders readers, Selection selection, ChangeDetection changes, Findings findings) {
        this.folders = folders;
        this.readers = readers;
        this.selection = selection;
        this.changes = changes;
        this.findings = findings;
    }

    Node generated(VirtualTree.Generated generated, Name name, @Nullable Node before, Metadata virtual)
            throws IOException {
        byte[] bytes = generated.content().getFirst();
        Content content = readers.content(new ByteArrayInputStream(bytes), before);
        return found(
                generated.at(),
                before,
                Node.file(name, Metadata.generatedFile(virtual.mtime(), bytes.length), content.chunks()));
    }

    Node stream(Root.Stream stream, Name name, @Nullable Node before) throws IOException {
        Content content = read(stream.at(), stream.source(), in -> readers.content(in, before));
        Metadata metadata = Metadata.generatedFile(stream.permissions(), stream.time(), content.size());
        return found(stream.at(), before, Node.file(name, metadata, content.chunks()));
    }

    Node tar(VirtualTree.Unpacked unpacked, Name name, @Nullable Node before) throws IOException {
        TarCapture capture = new TarCapture(readers, findings, unpacked.at(), selection);
        TarTree.Folder top = read(unpacked.tar().at(), unpacked.tar().source(), capture::read);
        return folder(name, unpacked.at(), top, before);
    }

    private Node folder(Name name, SnapshotPath at, TarTree.Folder folder, @Nullable Node before) throws IOException {
        Before old = folders.childrenOf(before);
        List<Node> nodes = new ArrayList<>();
        for (var child : folder.children().entrySet()) {
            Name entry = child.getKey();
            Node same = old.find(entry);
            switch (child.getValue()) {
                case TarTree.Folder below when below.isLeftOut() -> {}
                case TarTree.Folder below -> nodes.add(folder(entry, at.child(entry), below, same));
                case TarTree.Leaf leaf -> nodes.add(leaf(entry, at.child(entry), leaf, same));
            }
        }
        return folders.node(name, stored(folder.metadata()), before, old, nodes);
    }

    private Node leaf(Name name, SnapshotPath at, TarTree.Leaf leaf, @Nullable Node before) throws IOException {
        Metadata metadata = stored(leaf.metadata());
        Name target = leaf.target();
        CompletableFuture<Content> content = leaf.content();
        if (content != null) {
            return found(
                    at,
                    before,
                    Node.file(name, metadata, Pending.result(content).chunks()));
        }
        return target == null ? Node.special(name, metadata) : Node.symlink(name, metadata, target);
    }

    private Metadata stored(Metadata metadata) {
        return metadata.stored(changes.withAtime());
    }

    private Node found(Object at, @Nullable Node before, Node now) {
        if (before != null && before.equals(now)) {
            findings.unmodified(at::toString, before, now);
        } else {
            findings.stored(at::toString, before, now);
        }
        return now;
    }

    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private static <T> T read(String at, Root.Source source, Reading<T> reading) throws IOException {
        try (InputStream in = new Guarded(open(source))) {
            return reading.from(in);
        } catch (ReadException e) {
            throw brokenOff(at, e.reason());
        } catch (TarFormatException e) {
            throw brokenOff(at, e);
        }
    }

    private static InputStream open(Root.Source source) throws ReadException {
        try {
            return source.open();
        } catch (IOException e) {
            throw new ReadException(e);
        }
    }

    private static RequestException brokenOff(String at, IOException e) {
        return new RequestException(
                RequestException.Kind.SOURCE_MISSING,
                "Cannot back up what is to become %s: %s. No snapshot was made; those made before are safe. See to what is read, then run it again."
                        .formatted(at, Problem.reason(e)),
                e);
    }

    /** Tells failures of what is read from those of the repository. */
    private static final class Guarded extends FilterInputStream {

        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw new ReadException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                throw new ReadException(e);
            }
        }
    }
}
