package io.holdfast.vault.restore;

import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.RequestException;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.files.TargetDirectory;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a subtree back. Every file appears whole, verified and durable under its name, or not at all; so a restore that
 * was cut off is simply run again.
 */
public final class Restore {

    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 4, 8);

    private final Repository repository;
    private final RestoreSpec spec;
    private final Progress progress;
    private final RestoreFindings findings;

    public Restore(Repository repository, RestoreSpec spec, Progress progress) {
        this.repository = repository;
        this.spec = spec;
        this.progress = progress;
        findings = new RestoreFindings(progress);
    }

    public RestoreResult run(BlobId root, SnapshotPath path) throws IOException {
        Node top = path.isRoot() ? null : repository.trees().find(root, path).orElseThrow(() -> noSuchPath(path));
        if (top == null) {
            List<Node> nodes = repository.trees().read(root);
            return into(
                    spec.target().toAbsolutePath(),
                    nodes,
                    choice(spec, path),
                    null,
                    (walk, level) -> walk.directory(level, nodes));
        }
        if (top.isDirectory()) {
            List<Node> nodes = repository.trees().childrenOf(top);
            return into(
                    spec.target().toAbsolutePath(),
                    nodes,
                    choice(spec, path),
                    top.metadata(),
                    (walk, level) -> walk.directory(level, nodes));
        }
        Path file = spec.target().toAbsolutePath();
        Path parent = file.getParent();
        Node node = renamed(top, RawPaths.nameOf(file));
        return into(
                parent == null ? file : parent,
                List.of(node),
                choice(spec.withOnly(List.of()), path),
                null,
                (walk, level) -> walk.single(level, node));
    }

    private interface Work {
        void with(RestoreWalk walk, RestoreLevel level) throws IOException;
    }

    /** @param wanted what the directory becomes; null to leave its attributes alone */
    private RestoreResult into(
            Path directory, List<Node> nodes, RestoreChoice choice, @Nullable Metadata wanted, Work work)
            throws IOException {
        if (progress.wantsTotal()) {
            new Total(repository.trees()).add(nodes).report(progress);
        }
        boolean exists = prepare(directory);
        Path real = exists ? directory.toRealPath() : directory;
        try (TargetTree tree = new TargetTree(Place.target(real), exists ? TargetDirectory.open(real) : null);
                Workers workers = new Workers(THREADS, "vault-restore-")) {
            RestoreTarget target = new RestoreTarget(tree, spec, new RestoreAttributes(spec, findings), findings);
            RestoreDurability durability = new RestoreDurability(tree);
            RestoreContents contents = new RestoreContents(repository, workers);
            RestoreSlice slice = new RestoreSlice(target, contents, durability, workers);
            RestoreLevel level = RestoreLevel.top(target, choice, wanted, exists);
            level.make();
            work.with(new RestoreWalk(repository, target, slice, durability), level);
        }
        return findings.result();
    }

    private static RestoreChoice choice(RestoreSpec spec, SnapshotPath path) throws RequestException {
        List<Name> target = new ArrayList<>();
        spec.target().toAbsolutePath().normalize().forEach(part -> target.add(RawPaths.nameOf(part)));
        try {
            return RestoreChoice.of(spec, List.of(target, path.parts()));
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    RequestException.Kind.REFUSED,
                    "Cannot restore: %s. Nothing was changed. Correct the pattern.".formatted(e.getMessage()),
                    e);
        }
    }

    /** Whether the directory exists, or does now. */
    private boolean prepare(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new RequestException(
                    RequestException.Kind.TARGET_UNSAFE,
                    "Cannot restore to %s: it is a file, and a directory is to be restored. Nothing was changed. Move it away or choose another target."
                            .formatted(directory));
        }
        if (!spec.has(Option.DRY_RUN)) {
            Files.createDirectories(directory);
        }
        return Files.isDirectory(directory);
    }

    private static Node renamed(Node node, Name name) {
        return new Node(name, node.metadata(), node.linkTarget(), node.content(), node.subtree(), node.error());
    }

    private static RequestException noSuchPath(SnapshotPath path) {
        return new RequestException(
                RequestException.Kind.NO_SUCH_PATH,
                "Cannot restore %s: the snapshot does not hold it. Nothing was changed. List the snapshot to see what it holds."
                        .formatted(path));
    }
}
