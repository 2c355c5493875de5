package io.holdfast.vault.repair;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobMarks;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.json.JsonEdit;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trees without what is lost: a file without its missing parts, an empty directory in place of one that cannot be read.
 * Whatever else a tree says stays as it is, byte for byte where nothing is lost.
 */
final class RepairedTrees {

    private static final byte[] EMPTY = "{\"nodes\":[]}\n".getBytes(StandardCharsets.UTF_8);
    private static final int SOUND = 1;

    /**
     * A tree after its repair.
     *
     * @param changes paths below it, and what became of them; empty when it is as it was
     */
    record Repaired(BlobId tree, List<String> changes) {}

    private final Repository repository;
    private final BlobIndex index;
    private final Set<PackId> packs;
    private final BlobWriter writer;
    private final BlobMarks marks;
    private final Map<BlobId, Optional<Repaired>> changed = new HashMap<>();

    /** @param packs those that are there as the index says */
    RepairedTrees(Repository repository, Set<PackId> packs, BlobWriter writer) {
        this.repository = repository;
        this.packs = packs;
        this.writer = writer;
        index = repository.index().current();
        marks = new BlobMarks(index);
    }

    /** The tree without what is lost; nothing when it cannot be read at all. */
    Optional<Repaired> repair(BlobId tree) throws IOException {
        if (marks.get(BlobKey.tree(tree)) == SOUND) {
            return Optional.of(new Repaired(tree, List.of()));
        }
        Optional<Repaired> known = changed.get(tree);
        if (known != null) {
            return known;
        }
        Optional<Repaired> repaired = read(tree);
        if (repaired.isPresent() && repaired.get().changes().isEmpty()) {
            marks.set(BlobKey.tree(tree), SOUND);
        } else {
            changed.put(tree, repaired);
        }
        return repaired;
    }

    private Optional<Repaired> read(BlobId tree) throws IOException {
        JsonEdit edit;
        try {
            edit = JsonEdit.parse(repository.blobs().read(BlobKey.tree(tree)), "the tree");
        } catch (DamagedException e) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        edit.retain("nodes", node -> keeps(node, changes));
        if (changes.isEmpty()) {
            return Optional.of(new Repaired(tree, changes));
        }
        return Optional.of(new Repaired(writer.write(BlobType.TREE, withNewline(edit.utf8())), changes));
    }

    private boolean keeps(JsonEdit node, List<String> changes) throws IOException {
        String path = "/" + node.string("name");
        switch (node.string("type")) {
            case "file" -> repairFile(node, path, changes);
            case "dir" -> repairDirectory(node, path, changes);
            case "", "irregular" -> {
                changes.add(path + ": left out, for it says of no kind what it is");
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void repairFile(JsonEdit file, String path, List<String> changes) {
        List<String> content = file.strings("content");
        List<String> left = new ArrayList<>();
        long size = 0;
        for (String id : content) {
            Optional<BlobIndex.Location> at = available(id);
            if (at.isPresent()) {
                left.add(id);
                size += at.get().blob().contentLength();
            }
        }
        if (left.size() < content.size()) {
            changes.add(
                    "%s: %d of its %d parts are lost".formatted(path, content.size() - left.size(), content.size()));
        } else if (!file.has("content")) {
            changes.add(path + ": its content is lost");
        } else if (size != file.number("size")) {
            changes.add("%s: its size is %d and not %d".formatted(path, size, file.number("size")));
        } else {
            return;
        }
        file.set("content", left);
        if (size == 0) {
            file.remove("size");
        } else {
            file.set("size", size);
        }
    }

    private void repairDirectory(JsonEdit directory, String path, List<String> changes) throws IOException {
        Optional<BlobId> id = id(directory.string("subtree"));
        Optional<Repaired> subtree = id.isPresent() ? repair(id.get()) : Optional.empty();
        if (subtree.isEmpty()) {
            changes.add(path + ": cannot be read, and is an empty directory now");
            directory.set("subtree", writer.write(BlobType.TREE, EMPTY).toString());
        } else if (!subtree.get().changes().isEmpty()) {
            subtree.get().changes().forEach(change -> changes.add(path + change));
            directory.set("subtree", subtree.get().tree().toString());
        }
    }

    private Optional<BlobIndex.Location> available(String id) {
        return id(id).stream()
                .flatMap(blob -> index.copies(BlobKey.data(blob)).stream())
                .filter(copy -> packs.contains(copy.pack()))
                .findFirst();
    }

    private static Optional<BlobId> id(String hex) {
        try {
            return Optional.of(BlobId.parse(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] withNewline(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
