package io.holdfast.vault;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything about a directory tree that a restore must bring back, one line per file. */
final class Manifest {

    private final List<String> lines = new ArrayList<>();
    private final TreeMap<Long, String> firstNames = new TreeMap<>();

    private Manifest() {}

    static List<String> of(Path root) throws IOException {
        Manifest manifest = new Manifest();
        manifest.add(root, ".");
        return manifest.lines;
    }

    private void add(Path path, String shown) throws IOException {
        Metadata metadata = Directory.stat(path);
        String what = switch (metadata.type()) {
            case FILE -> Digest.ofContent(Files.readAllBytes(path)).shortForm() + " " + metadata.size();
            case SYMLINK ->
                HexFormat.of()
                        .formatHex(
                                RawPaths.targetOf(Files.readSymbolicLink(path)).raw());
            default -> "";
        };
        String joined = metadata.type() == NodeType.FILE && metadata.links() > 1
                ? " = " + firstNames.computeIfAbsent(metadata.inode(), _ -> shown)
                : "";
        String attributes = metadata.attributes().stream()
                .filter(each -> each.name().startsWith("user.") || each.name().startsWith("system.posix_acl_"))
                .map(each -> " " + each.name() + "=" + HexFormat.of().formatHex(each.value()))
                .sorted()
                .collect(Collectors.joining());
        lines.add("%s %s %o %d:%d %s %s%s%s"
                .formatted(
                        shown,
                        metadata.type(),
                        metadata.permissions(),
                        metadata.uid(),
                        metadata.gid(),
                        metadata.mtime(),
                        what,
                        joined,
                        attributes));
        if (metadata.type() == NodeType.DIR) {
            TreeMap<Name, Path> entries = new TreeMap<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(path)) {
                listing.forEach(entry -> entries.put(RawPaths.nameOf(entry), entry));
            }
            for (var entry : entries.entrySet()) {
                add(
                        entry.getValue(),
                        shown + "/" + HexFormat.of().formatHex(entry.getKey().raw()) + "(" + entry.getKey() + ")");
            }
        }
    }
}
