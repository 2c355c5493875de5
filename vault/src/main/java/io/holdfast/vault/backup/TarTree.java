package io.holdfast.vault.backup;

import io.holdfast.vault.backup.FileReaders.Content;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarFormatException;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tar, which come in any order, in memory until the last has come: some hundred bytes for each, and no more
 * than a share of what this process may take.
 */
final class TarTree {

    /** What a file takes beside its name, attributes and chunks. */
    private static final int ENTRY = 400;

    private static final int CHUNK = 100;

    sealed interface Item {}

    /** A directory. One that the tar only passes through has 1970 for its time, so that it stays the same. */
    static final class Folder implements Item {

        private final Selection.Level level;
        private final SortedMap<Name, Item> children = new TreeMap<>();
        private Metadata metadata = Metadata.virtualDirectory(Instant.EPOCH);

        private Folder(Selection.Level level) {
            this.level = level;
        }

        SortedMap<Name, Item> children() {
            return children;
        }

        Metadata metadata() {
            return metadata;
        }

        /** Whether nothing in it stays, and it does not stay for itself. */
        boolean isLeftOut() {
            return !level.staysEmpty()
                    && children.values().stream()
                            .allMatch(child -> child instanceof Folder folder && folder.isLeftOut());
        }
    }

    /** Anything else, under each of its names. */
    static final class Leaf implements Item {

        private final Metadata metadata;
        private final @Nullable Name target;
        private final @Nullable CompletableFuture<Content> content;
        private long names = 1;
        private long inode;

        private Leaf(TarEntry entry, @Nullable CompletableFuture<Content> content) {
            metadata = entry.metadata();
            target = entry.target();
            this.content = content;
        }

        /** A tar has no inodes: what joins the names of a file here is made of the first, the same in every backup. */
        Metadata metadata() {
            return names > 1 ? metadata.withNames(inode, names) : metadata;
        }

        @Nullable
        Name target() {
            return target;
        }

        @Nullable
        CompletableFuture<Content> content() {
            return content;
        }
    }

    /** Where an entry is to stand. */
    record Slot(Folder parent, Name name) {}

    private final Folder top;
    private final long mostBytes;
    private long bytes;

    TarTree(Selection.Level level, long mostBytes) {
        top = new Folder(level);
        this.mostBytes = mostBytes;
    }

    Folder top() {
        return top;
    }

    /** The place of an entry; null where it is left out. */
    @Nullable
    Slot slot(TarEntry entry) throws TarFormatException {
        List<Name> path = entry.path();
        Folder parent = folder(path.subList(0, path.size() - 1), path);
        if (parent == null) {
            return null;
        }
        Name name = path.getLast();
        boolean leftOut = parent.level.leavesOut(name) || parent.level.leavesOut(name, entry.metadata());
        return leftOut ? null : new Slot(parent, name);
    }

    void directory(TarEntry entry) throws TarFormatException {
        Folder folder = folder(entry.path(), entry.path());
        if (folder != null) {
            folder.metadata = entry.metadata();
            take(entry);
        }
    }

    /** A file, which replaces one of the same name that came before. */
    void put(Slot slot, TarEntry entry, @Nullable CompletableFuture<Content> content) throws TarFormatException {
        take(entry);
        put(slot, entry.path(), new Leaf(entry, content));
    }

    /** Another name of a file that came before. */
    void link(Slot slot, TarEntry entry, List<Name> first) throws TarFormatException {
        Leaf leaf = find(first);
        if (leaf == null) {
            throw new TarFormatException("%s is another name of %s, which is no file of it that came before"
                    .formatted(TarEntry.text(entry.path()), TarEntry.text(first)));
        }
        if (slot.parent().children.get(slot.name()) == leaf) {
            return;
        }
        if (leaf.inode == 0) {
            byte[] text = TarEntry.text(first).getBytes(StandardCharsets.UTF_8);
            leaf.inode = Digest.ofContent(text).a() | 1;
        }
        leaf.names++;
        take(entry);
        put(slot, entry.path(), leaf);
    }

    private static void put(Slot slot, List<Name> path, Leaf leaf) throws TarFormatException {
        switch (slot.parent().children.put(slot.name(), leaf)) {
            case Leaf before -> before.names--;
            case Folder _ ->
                throw new TarFormatException("%s is a directory and something else".formatted(TarEntry.text(path)));
            case null -> {}
        }
    }

    /** The directory at a path, made where it is not there yet; null where it is left out. */
    private @Nullable Folder folder(List<Name> directory, List<Name> path) throws TarFormatException {
        Folder folder = top;
        for (Name name : directory) {
            if (folder.level.leavesOut(name)) {
                return null;
            }
            Selection.Level level = folder.level;
            Item below = folder.children.computeIfAbsent(name, _ -> new Folder(level.enter(name)));
            if (!(below instanceof Folder next)) {
                throw new TarFormatException("%s lies in what is no directory".formatted(TarEntry.text(path)));
            }
            folder = next;
        }
        return folder;
    }

    /** Whether a file at a path is left out by its name, or by that of a directory above. */
    boolean leavesOut(List<Name> path) {
        @Nullable Item item = top;
        for (Name name : path.subList(0, path.size() - 1)) {
            if (!(item instanceof Folder folder)) {
                return false;
            }
            if (folder.level.leavesOut(name)) {
                return true;
            }
            item = folder.children.get(name);
        }
        return item instanceof Folder folder && folder.level.leavesOutFile(path.getLast());
    }

    private @Nullable Leaf find(List<Name> path) {
        @Nullable Item item = top;
        for (Name name : path) {
            item = item instanceof Folder folder ? folder.children.get(name) : null;
        }
        return item instanceof Leaf leaf ? leaf : null;
    }

    private void take(TarEntry entry) throws TarFormatException {
        bytes += ENTRY + CHUNK * (entry.metadata().size() >> 20);
        for (Name name : entry.path()) {
            bytes += name.raw().length;
        }
        for (ExtendedAttribute attribute : entry.metadata().attributes()) {
            bytes += attribute.name().length() + attribute.value().length;
        }
        if (bytes > mostBytes) {
            throw new TarFormatException(
                    "it holds more files than this process can keep in %d MiB; let the process have more memory (-Xmx)"
                            .formatted(mostBytes >> 20));
        }
    }
}
