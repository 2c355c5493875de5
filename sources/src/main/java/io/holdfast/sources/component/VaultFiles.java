package io.holdfast.sources.component;

import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A component's part of a snapshot in a vault.
 *
 * @param at the component's place in it
 * @param isSalvaged see {@link SnapshotFiles#isSalvaged}
 */
public record VaultFiles(Vault vault, SnapshotId snapshot, String at, boolean isSalvaged, Progress progress)
        implements SnapshotFiles {

    private static final int MOST_NAMED = 5;

    @Override
    public List<String> children(String directory) throws VaultException {
        String parent = in(directory);
        if (!isDirectory(directory)) {
            return List.of();
        }
        var names = new ArrayList<String>();
        vault.contents()
                .children(snapshot, parent, entry -> names.add(entry.path().substring(parent.length() + 1)));
        return names;
    }

    @Override
    public void dump(String file, OutputStream out) throws VaultException {
        vault.contents().dump(snapshot, in(file), out);
    }

    @Override
    public long size(String file) throws VaultException {
        return vault.contents()
                .entry(snapshot, in(file))
                .map(entry -> entry.metadata().size())
                .orElse(0L);
    }

    @Override
    public boolean isDirectory(String path) throws VaultException {
        try {
            return vault.contents()
                    .entry(snapshot, in(path))
                    .filter(entry -> entry.isDirectory())
                    .isPresent();
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.NO_SUCH_PATH) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void tar(String directory, String name, OutputStream out) throws VaultException {
        vault.contents().archive(List.of(new ArchivePart(snapshot, in(directory), name)), ArchiveType.TAR, out);
    }

    @Override
    public Restored restore(String path, Placement placement) throws IOException {
        var spec = RestoreSpec.of(in(path), placement.target())
                .with(RestoreSpec.Option.DELETE_EXTRA, placement.replace())
                .withKeep(placement.keep())
                .withOnly(placement.only());
        RestoreResult result = vault.restore(snapshot, spec, progress);
        if (!result.isComplete()) {
            throw new IOException(notPutBack(result.problems()));
        }
        return new Restored(result.written(), result.unchanged(), result.deleted(), result.bytes(), result.altered());
    }

    private static String notPutBack(List<Problem> problems) {
        String named = problems.stream()
                .limit(MOST_NAMED)
                .map(problem -> problem.toString().replaceFirst("\\.$", ""))
                .collect(Collectors.joining("; "));
        int more = problems.size() - MOST_NAMED;
        return "%s could not be put back: %s%s."
                .formatted(
                        problems.size() == 1 ? "1 file" : problems.size() + " files",
                        named,
                        more > 0 ? "; and %d more".formatted(more) : "");
    }

    private String in(String path) {
        return path.equals("/") ? at : at + path;
    }
}
