package io.holdfast.cli.vault;

import io.holdfast.cli.repository.FileKind;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.PointInTime;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Cat;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.contents.FindSpec;
import io.holdfast.vault.contents.FoundBlob;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "find", description = "Find files in snapshots by name, or who needs a blob by its id.")
final class FindVerb extends RepositoryVerb {

    @Parameters(
            arity = "1..*",
            paramLabel = "PATTERN",
            description = "A name, a path with * and **, or how an id begins.")
    private List<String> patterns = List.of();

    @Option(
            names = {"-s", "--snapshot"},
            paramLabel = "SNAPSHOT",
            description = "Only in this one; can be given again.")
    private List<String> snapshots = List.of();

    @Option(
            names = {"-i", "--ignore-case"},
            description = "In upper or lower case.")
    private boolean ignoreCase;

    @Option(
            names = {"-O", "--oldest"},
            paramLabel = "TIME",
            description = "Modified at this time or later.")
    private @Nullable String oldest;

    @Option(
            names = {"-N", "--newest"},
            paramLabel = "TIME",
            description = "Modified at this time or before.")
    private @Nullable String newest;

    @Option(names = "--blob", description = "PATTERN is the id of a chunk of a file.")
    private boolean blob;

    @Option(names = "--tree", description = "PATTERN is the id of a directory's tree.")
    private boolean tree;

    @Option(names = "--pack", description = "PATTERN is the id of a pack: who needs anything in it.")
    private boolean pack;

    @Option(names = "--show-pack-id", description = "Also which pack holds it, with --blob, --tree and --pack.")
    private boolean showPack;

    @Option(
            names = {"-l", "--long"},
            description = "Also mode, owner, size and time.")
    private boolean detailed;

    @Option(
            names = {"-R", "--reverse"},
            description = "The oldest snapshot first.")
    private boolean reverse;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    private @Nullable Snapshot last;
    private int hits;

    @SuppressWarnings("NullAway.Init")
    private FindSpec spec;

    @Override
    protected void prepare() {
        if (Stream.of(blob, tree, pack).filter(each -> each).count() > 1) {
            throw usage("Of --blob, --tree and --pack only one can be meant.");
        }
        spec = new FindSpec(patterns, ignoreCase, time(oldest, Instant.MIN), time(newest, Instant.MAX));
    }

    @Override
    protected int run(Vault vault) throws Exception {
        List<Snapshot> chosen = options.chooseAll(vault, snapshots);
        if (reverse) {
            chosen = chosen.reversed();
        }
        if (blob || tree || pack) {
            vault.contents().findBlobs(chosen, wanted(vault.cat()), this::show);
        } else {
            vault.contents().find(chosen, spec, this::show);
        }
        finish();
        return ExitCodes.DONE;
    }

    private Predicate<BlobKey> wanted(Cat cat) throws VaultException {
        if (!pack) {
            BlobType type = blob ? BlobType.DATA : BlobType.TREE;
            return key -> key.type() == type
                    && patterns.stream().anyMatch(start -> key.id().toString().startsWith(start));
        }
        Set<BlobKey> held = new HashSet<>();
        for (String start : patterns) {
            PackId id = PackId.parse(FileKind.PACK.choose(cat, start));
            cat.packHeader(id).blobs().forEach(each -> held.add(each.key()));
        }
        return held::contains;
    }

    private Instant time(@Nullable String text, Instant otherwise) {
        return text == null
                ? otherwise
                : PointInTime.parse(
                                text.matches("\\d{4}-\\d\\d-\\d\\d") ? text + "T00:00" : text,
                                surroundings().zone())
                        .orElseThrow(() -> usage("'%s' is no time.".formatted(text)));
    }

    private void show(Snapshot snapshot, Entry entry) {
        boolean isFirst = begin(snapshot);
        if (output().isJson()) {
            output().line((isFirst ? "" : ",") + Json.line(Listed.of(entry, null)));
        } else {
            output().line(Text.printable(
                    detailed ? Listed.detail(entry, surroundings().zone()) : entry.path()));
        }
        hits++;
    }

    /** Whether the snapshot's first hit comes now. */
    private boolean begin(Snapshot snapshot) {
        if (snapshot.equals(last)) {
            return false;
        }
        if (output().isJson()) {
            endOfSnapshot();
            output().line((last == null ? "[" : ",") + "{\"matches\":[");
        } else {
            output().note("In snapshot %s of %s"
                    .formatted(
                            snapshot.id().shortForm(),
                            Text.time(snapshot.time(), surroundings().zone())));
        }
        last = snapshot;
        hits = 0;
        return true;
    }

    private void endOfSnapshot() {
        if (last != null) {
            output().line("],\"hits\":%d,\"snapshot\":\"%s\"}".formatted(hits, last.id()));
        }
    }

    private void show(Snapshot snapshot, FoundBlob found) {
        if (output().isJson()) {
            output().line((hits == 0 ? "[" : ",")
                    + Json.line(Found.of(snapshot, found, showPack ? found.pack() : null)));
        } else {
            output().line("%s in %s of snapshot %s%s"
                    .formatted(
                            found.blob().id(),
                            Text.printable(found.path()),
                            snapshot.id().shortForm(),
                            showPack ? ", from pack " + found.pack() : ""));
        }
        hits++;
    }

    private void finish() {
        if (output().isJson()) {
            endOfSnapshot();
            output().line(last == null && hits == 0 ? "[]" : "]");
        }
    }

    private record Found(
            String objectType,
            String id,
            String path,
            @Nullable String parentTree,
            String snapshot,
            Instant time,
            @Nullable String pack) {

        static Found of(Snapshot snapshot, FoundBlob found, @Nullable PackId pack) {
            return new Found(
                    found.blob().type() == BlobType.DATA ? "blob" : "tree",
                    found.blob().id().toString(),
                    found.path(),
                    found.parent() == null ? null : found.parent().toString(),
                    snapshot.id().toString(),
                    snapshot.time(),
                    pack == null ? null : pack.toString());
        }
    }
}
