package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much lies ahead. An estimate for people: what cannot be looked at is left out. */
final class Scan {

    private final Set<Path> roots = new HashSet<>();
    private long files;
    private long bytes;

    static Scan of(List<Root> roots, Selection selection) throws IOException {
        Scan scan = new Scan();
        for (Root root : roots) {
            if (root instanceof Root.Tree tree) {
                scan.roots.add(tree.from().toRealPath());
            }
        }
        for (Root root : roots) {
            switch (root) {
                case Root.Tree tree -> scan.root(tree, selection);
                case Root.Generated generated -> scan.add(generated.content().length);
                case Root.Stream _, Root.Tar _ -> {}
            }
        }
        return scan;
    }

    void report(Progress progress) {
        progress.scanned(files, bytes);
    }

    private void add(long size) {
        files++;
        bytes += size;
    }

    private void root(Root.Tree tree, Selection selection) throws IOException {
        Path named = tree.from().toAbsolutePath().normalize();
        Path real = tree.from().toRealPath();
        Metadata metadata = Directory.stat(real);
        if (metadata.type() != NodeType.DIR) {
            add(metadata.size());
            return;
        }
        try (Directory directory = Directory.open(real)) {
            walk(directory, selection.root(named, SnapshotPath.parse(tree.at()), tree.named(), metadata, directory));
        }
    }

    private void walk(Directory directory, Selection.Level level) throws IOException {
        for (Name name : directory.names()) {
            if (!level.leavesOut(name)) {
                entry(directory, name, level);
            }
        }
    }

    /** Whether it is counted as a root of its own. */
    private boolean isRoot(Directory in, Name name) {
        return roots.size() > 1 && roots.contains(in.path().resolve(name.toString()));
    }

    private void entry(Directory in, Name name, Selection.Level level) {
        try {
            Metadata metadata = in.look(name);
            if (level.leavesOut(name, metadata) || isRoot(in, name)) {
                return;
            }
            if (metadata.type() == NodeType.DIR) {
                try (Directory directory = in.open(name)) {
                    walk(directory, level.enter(name, metadata, directory));
                }
            } else if (metadata.type() == NodeType.FILE) {
                add(metadata.size());
            }
        } catch (IOException e) {
            return;
        }
    }
}
