package io.holdfast.vault.restore;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the trees of a snapshot beside the target, and decides what is to be done. Directories and what has no
 * content are made at once, files slice by slice.
 */
final class RestoreWalk {

    private static final int DEEPEST = 2000;

    private final Repository repository;
    private final RestoreTarget target;
    private final RestoreSlice slice;
    private final RestoreDurability durability;
    private final RestoreEntry entries;
    private final Deque<Step> way = new ArrayDeque<>();
    private final Map<LinkSource.Key, LinkSource> linked = new HashMap<>();

    RestoreWalk(Repository repository, RestoreTarget target, RestoreSlice slice, RestoreDurability durability) {
        this.repository = repository;
        this.target = target;
        this.slice = slice;
        this.durability = durability;
        entries = new RestoreEntry(target);
    }

    /** A directory that is being walked through. */
    private record Step(RestoreLevel level, Iterator<Node> nodes) {}

    /** Restores a directory whose entries are these nodes. */
    void directory(RestoreLevel top, List<Node> nodes) throws IOException {
        enter(top, nodes);
        while (!way.isEmpty()) {
            Step step = way.getLast();
            if (step.nodes().hasNext()) {
                node(step.level(), step.nodes().next());
            } else {
                way.removeLast();
                slice.afterwards(() -> leave(step.level()));
            }
        }
        end();
    }

    /** Restores one entry of a directory that otherwise does not matter. */
    void single(RestoreLevel parent, Node node) throws IOException {
        node(parent, node);
        slice.afterwards(() -> leave(parent));
        end();
    }

    private void end() throws IOException {
        slice.bring();
        durability.names();
    }

    private void enter(RestoreLevel level, List<Node> nodes) {
        Set<Name> names = new HashSet<>();
        nodes.forEach(node -> names.add(node.name()));
        level.expect(names);
        way.addLast(new Step(level, nodes.iterator()));
    }

    private void node(RestoreLevel level, Node node) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        try {
            choose(level, node);
        } catch (FileSystemException | DamagedException e) {
            target.findings().problem(level.place().shown(node.name()), e);
        }
        if (slice.isFull()) {
            slice.bring();
        }
    }

    private void leave(RestoreLevel level) throws IOException {
        try {
            level.finish();
        } catch (FileSystemException e) {
            target.findings().problem(level.place(), e);
        }
        if (level.isChanged()) {
            durability.changed(level);
        }
    }

    private void choose(RestoreLevel level, Node node) throws IOException {
        boolean isCovered = level.choice().covers(node.name());
        if (node.isDirectory()) {
            if (isCovered || level.choice().mayCoverBelow(node.name())) {
                below(level, node, isCovered);
            }
        } else if (isCovered) {
            switch (node.type()) {
                case FILE, SYMLINK, FIFO -> entry(level, node);
                case DEVICE, CHARDEV -> device(level, node);
                case DIR, SOCKET, IRREGULAR -> {}
            }
        }
    }

    private void below(RestoreLevel level, Node node, boolean isCovered) throws IOException {
        if (way.size() > DEEPEST) {
            throw new DamagedException("lies too deep: below more than %d directories".formatted(DEEPEST));
        }
        List<Node> children = repository.trees().childrenOf(node);
        RestoreLevel below = level.enter(node.name(), node.metadata());
        if (isCovered) {
            below.make();
        }
        enter(below, children);
    }

    private void device(RestoreLevel level, Node node) throws IOException {
        if (target.has(Option.DEVICES)) {
            entry(level, node);
            return;
        }
        level.make();
        if (RestoreEntry.isDevice(node, level.look(node.name()))) {
            target.findings().unchanged(level.place(), node.name());
        } else {
            target.findings().withoutDevice(level.place().shown(node.name()));
        }
    }

    private void entry(RestoreLevel level, Node node) throws IOException {
        level.make();
        Metadata now = level.look(node.name());
        if (now != null && !mayReplace(now, node.metadata())) {
            target.findings()
                    .skipped(level.place(), node.name(), node.metadata().size());
            return;
        }
        switch (node.type()) {
            case FILE -> file(level, node, now);
            case SYMLINK -> entries.symlink(level, node, now);
            case FIFO, DEVICE, CHARDEV -> entries.special(level, node, now);
            case DIR, SOCKET, IRREGULAR -> {}
        }
    }

    private boolean mayReplace(Metadata now, Metadata wanted) {
        return switch (target.spec().overwrite()) {
            case ALWAYS, IF_CHANGED -> true;
            case IF_NEWER -> wanted.mtime().isAfter(now.mtime());
            case NEVER -> false;
        };
    }

    private void file(RestoreLevel level, Node node, @Nullable Metadata now) throws IOException {
        Metadata wanted = node.metadata();
        LinkSource source = null;
        if (wanted.links() > 1 && wanted.inode() != 0) {
            LinkSource.Key key = new LinkSource.Key(wanted.inode(), wanted.deviceId());
            LinkSource first = linked.get(key);
            if (first != null) {
                slice.afterwards(() -> link(level, node.name(), first, now));
                return;
            }
            source = new LinkSource(level, node.name());
            linked.put(key, source);
        }
        slice.add(new RestoreFile(new WantedFile(target, level, node.name(), node, lengths(node), now), source));
    }

    private void link(RestoreLevel level, Name name, LinkSource first, @Nullable Metadata now) throws IOException {
        try {
            entries.hardLink(level, name, first, now);
        } catch (FileSystemException e) {
            target.findings().problem(level.place().shown(name), e);
        }
    }

    /** How long each chunk is; together they must be as long as the file. */
    private int[] lengths(Node file) throws DamagedException {
        BlobIndex index = repository.index().current();
        int[] lengths = new int[file.content().size()];
        long size = 0;
        for (int i = 0; i < lengths.length; i++) {
            BlobId chunk = file.content().get(i);
            lengths[i] = index.find(BlobKey.data(chunk))
                    .orElseThrow(
                            () -> new DamagedException("data blob %s is in no index file".formatted(chunk.shortForm())))
                    .blob()
                    .contentLength();
            size += lengths[i];
        }
        if (size != file.metadata().size()) {
            throw new DamagedException("has %d bytes of content instead of %d"
                    .formatted(size, file.metadata().size()));
        }
        return lengths;
    }
}
