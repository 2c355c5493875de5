package io.holdfast.sources.redis;

import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.stream.LiveDirectory;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import io.holdfast.vault.tree.NodeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server's files as they lie, wherever that is: looked at, and checked. */
final class RedisFiles {

    private static final int DEPTH = 2;

    private interface Bytes {
        void to(OutputStream out) throws IOException;
    }

    private final Map<String, RdbCheck> rdbs = new TreeMap<>();
    private final Map<String, String> manifests = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    private RedisFiles() {}

    /** Of a server's data directory. A tar is read to its end for that. */
    static RedisFiles of(Content content) throws IOException {
        var files = new RedisFiles();
        for (Root root : content.roots()) {
            switch (root) {
                case Root.Tree tree -> files.addTree(tree.from());
                case Root.Tar tar -> {
                    try (InputStream in = tar.source().open()) {
                        files.addTar(new TarReader(in, TarLimits.STANDARD));
                    }
                }
                case Root.Generated _, Root.Stream _ -> {}
            }
        }
        return files;
    }

    /** @param directory where the data directory is in the snapshot */
    static RedisFiles of(SnapshotFiles snapshot, String directory, FileNames names) throws IOException {
        var files = new RedisFiles();
        List<String> children =
                snapshot.children("/").contains(directory.substring(1)) ? snapshot.children(directory) : List.of();
        for (String name : children) {
            if (name.endsWith(".rdb") || name.equals(names.aof())) {
                files.addCounted(name, out -> snapshot.dump(directory + "/" + name, out));
            }
        }
        List<String> parts = children.contains(names.aofDirectory())
                ? snapshot.children(directory + "/" + names.aofDirectory())
                : List.of();
        for (String name : parts) {
            String path = names.aofDirectory() + "/" + name;
            files.addCounted(path, out -> snapshot.dump(directory + "/" + path, out));
        }
        return files;
    }

    private void addTree(Path directory) throws IOException {
        for (Path path : LiveDirectory.tree(directory, DEPTH)) {
            if (Files.isRegularFile(path)) {
                try {
                    add(directory.relativize(path).toString(), Files.size(path), out -> Files.copy(path, out));
                } catch (NoSuchFileException _) {
                    // The server has just removed it. What is needed and not there is found missing.
                }
            }
        }
    }

    private void addTar(TarReader tar) throws IOException {
        TarEntry entry;
        while ((entry = tar.next()) != null) {
            if (entry.metadata().type() == NodeType.FILE && entry.path().size() <= DEPTH) {
                add(
                        TarEntry.text(entry.path()),
                        entry.metadata().size(),
                        out -> tar.content().transferTo(out));
            }
        }
    }

    private void addCounted(String path, Bytes bytes) throws IOException {
        if (isChecked(path)) {
            add(path, 0, bytes);
        } else {
            var counter = new Counter();
            bytes.to(counter);
            sizes.put(path, counter.count);
        }
    }

    private void add(String path, long size, Bytes bytes) throws IOException {
        sizes.put(path, size);
        if (path.endsWith(".manifest")) {
            var text = new ByteArrayOutputStream();
            bytes.to(text);
            manifests.put(path, text.toString(StandardCharsets.UTF_8));
        } else if (isChecked(path)) {
            var check = new RdbCheck();
            bytes.to(check);
            rdbs.put(path, check);
            sizes.put(path, check.length());
        }
    }

    private static boolean isChecked(String path) {
        return path.endsWith(".manifest") || (path.endsWith(".rdb") && !path.startsWith("temp-"));
    }

    /** What is wrong with the RDB file; empty if it is whole. */
    Optional<String> rdbProblem(FileNames names) {
        RdbCheck rdb = rdbs.get(names.rdb());
        return rdb == null
                ? Optional.of(names.rdb() + " is not there")
                : rdb.problem().map(problem -> names.rdb() + " " + problem);
    }

    /** What is wrong with the append-only file; empty if it is whole. */
    Optional<String> aofProblem(FileNames names) {
        String manifest = manifests.get(names.manifest());
        if (manifest == null) {
            return sizes.containsKey(names.aof()) ? Optional.empty() : Optional.of(names.manifest() + " is not there");
        }
        try {
            for (String part : AofManifest.parse(manifest).parts()) {
                String path = names.aofDirectory() + "/" + part;
                RdbCheck rdb = rdbs.get(path);
                if (!sizes.containsKey(path)) {
                    return Optional.of(path + ", which the manifest names, is not there");
                }
                if (rdb != null && rdb.problem().isPresent()) {
                    return Optional.of(path + " " + rdb.problem().get());
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(names.manifest() + " " + e.getMessage());
        }
    }

    /** Of what a start of the server reads: the same only for the same content, given that it is whole. */
    String print(FileNames names) {
        if (!names.appendOnly()) {
            RdbCheck rdb = rdbs.get(names.rdb());
            return rdb == null ? "none" : "rdb-" + rdb.print();
        }
        String manifest = manifests.get(names.manifest());
        List<String> parts = manifest == null
                ? List.of(names.aof())
                : AofManifest.parse(manifest).parts().stream()
                        .map(part -> names.aofDirectory() + "/" + part)
                        .toList();
        return "aof"
                + String.join(
                        "",
                        parts.stream()
                                .map(part -> "-" + sizes.getOrDefault(part, 0L))
                                .toList());
    }

    private static final class Counter extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
