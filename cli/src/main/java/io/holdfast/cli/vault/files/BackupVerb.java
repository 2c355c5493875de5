package io.holdfast.cli.vault.files;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.PointInTime;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast vault backup}: restic's options, and a summary by its names. */
@Command(name = "backup", description = "Back up files and directories.")
public final class BackupVerb extends RepositoryVerb {

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(names = "--tag", paramLabel = "TAG[,TAG]", split = ",", description = "A tag; can be given again.")
    private List<String> tags = List.of();

    @Mixin
    private final ExcludeOptions excludes = new ExcludeOptions();

    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            description = "The host the snapshot names. Default: RESTIC_HOST, or this one.")
    private @Nullable String host;

    @Option(
            names = {"-f", "--force"},
            description = "Read every file again, also where nothing about it has changed.")
    private boolean force;

    @Option(names = "--time", paramLabel = "TIME", description = "When the snapshot counts as taken. Default: now.")
    private @Nullable String time;

    @Mixin
    private final ParentOptions parents = new ParentOptions();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Store nothing, only tell what would be stored.")
    private boolean dryRun;

    @Option(names = "--skip-if-unchanged", description = "Make no snapshot if it would hold what its parent holds.")
    private boolean skipIfUnchanged;

    @Option(names = "--ignore-inode", description = "A file counts as unchanged although its inode differs.")
    private boolean ignoreInode;

    @Option(names = "--ignore-ctime", description = "A file counts as unchanged although its change time differs.")
    private boolean ignoreCtime;

    @Option(names = "--with-atime", description = "Keep times of last access.")
    private boolean withAtime;

    @Option(
            names = "--read-concurrency",
            paramLabel = "N",
            description = "How many files are read at once. Default: RESTIC_READ_CONCURRENCY, or as fits this machine.")
    private @Nullable String readConcurrency;

    @Option(
            names = "--compression",
            paramLabel = "MODE",
            description = "auto, off, fastest, better or max. Default: RESTIC_COMPRESSION, or auto.")
    private @Nullable String compression;

    @Mixin
    private final VerboseOptions verbose = new VerboseOptions();

    @Option(names = "--no-scan", description = "Do not look first how much there is.")
    private boolean noScan;

    @SuppressWarnings("NullAway.Init")
    private BackupSpec spec;

    private final CountingProgress progress = new CountingProgress("Backing up");

    @Override
    protected void prepare() {
        sources.complaint().ifPresent(complaint -> {
            throw usage(complaint);
        });
        Instant at = time == null
                ? Instant.now()
                : PointInTime.parse(time, surroundings().zone())
                        .orElseThrow(() -> usage("'%s' is no time.".formatted(time)));
        List<Root> roots = sources.roots(surroundings(), at, output()::problem);
        if (roots.isEmpty()) {
            throw usage("Nothing that is to be backed up exists.");
        }
        BackupSpec named = BackupSpec.of(roots);
        spec = named.withPaths(named.paths().stream().sorted().toList())
                .withTime(at)
                .withTags(tags)
                .withExcludes(excludes.excludes(name -> environment(name).orElse("")))
                .withCompression(compression())
                .withReadConcurrency(readConcurrency())
                .with(BackupOption.FORCE, force)
                .with(BackupOption.DRY_RUN, dryRun)
                .with(BackupOption.SKIP_IF_UNCHANGED, skipIfUnchanged)
                .with(BackupOption.IGNORE_INODE, ignoreInode)
                .with(BackupOption.IGNORE_CTIME, ignoreCtime)
                .with(BackupOption.WITH_ATIME, withAtime);
        String hostname =
                Optional.ofNullable(host).or(() -> environment("RESTIC_HOST")).orElse(spec.hostname());
        spec = spec.withHostname(hostname);
        if (noScan) {
            progress.withoutTotal();
        }
    }

    private Compression.Level compression() {
        String word = Optional.ofNullable(compression)
                .or(() -> environment("RESTIC_COMPRESSION"))
                .orElse("auto");
        return Arrays.stream(Compression.Level.values())
                .filter(level -> level != Compression.Level.NONE && level.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> usage("There is no compression '%s'.".formatted(word)));
    }

    private int readConcurrency() {
        String word = Optional.ofNullable(readConcurrency)
                .or(() -> environment("RESTIC_READ_CONCURRENCY"))
                .orElse("0");
        if (!word.matches("\\d{1,4}")) {
            throw usage("'%s' is no number of files to read at once.".formatted(word));
        }
        return Integer.parseInt(word);
    }

    @Override
    protected int run(Vault vault) throws Exception {
        Optional<Snapshot> before = parents.choose(vault, spec);
        BackupResult result;
        try (var _ = verbose.show(progress, output())) {
            result = vault.backup(
                    before.map(snapshot -> spec.withParent(snapshot.id())).orElse(spec), progress);
        }
        report(result);
        return lacksSomething(result) ? ExitCodes.INCOMPLETE : ExitCodes.DONE;
    }

    /** As restic counts: what has vanished could not be read, and what changed was. */
    private static boolean lacksSomething(BackupResult result) {
        return !result.isComplete()
                || result.changes().stream().anyMatch(change -> change.kind() == Change.Kind.VANISHED);
    }

    private void report(BackupResult result) {
        Snapshot snapshot = result.snapshot();
        if (output().isJson()) {
            output().json(new Saved(
                    "summary",
                    result.stored() ? snapshot.id().toString() : null,
                    dryRun,
                    snapshot.parent().map(Object::toString).orElse(null),
                    snapshot.summary().orElse(null),
                    result.problems(),
                    result.changes()));
            return;
        }
        snapshot.summary().ifPresent(this::describe);
        String incomplete = result.isComplete()
                ? ""
                : ", incomplete: " + Text.counted(result.problems().size(), "problem");
        String changed = result.changes().isEmpty()
                ? ""
                : ", while %s changed or vanished"
                        .formatted(Text.counted(result.changes().size(), "file"));
        output().line(
                        result.stored()
                                ? "snapshot %s saved%s%s"
                                        .formatted(snapshot.id().shortForm(), incomplete, changed)
                                : (dryRun ? "nothing stored: a dry run" : "no snapshot made: nothing has changed")
                                        + incomplete
                                        + changed);
        for (Problem problem : result.problems()) {
            output().problem(Text.printable(problem.toString()));
        }
        for (Change change : result.changes()) {
            output().problem(Text.printable(change.toString()));
        }
    }

    private void describe(Summary summary) {
        output().line("Files:  %6d new, %6d changed, %6d unmodified"
                .formatted(summary.filesNew(), summary.filesChanged(), summary.filesUnmodified()));
        output().line("Dirs:   %6d new, %6d changed, %6d unmodified"
                .formatted(summary.dirsNew(), summary.dirsChanged(), summary.dirsUnmodified()));
        output().line("Added:  %s, stored as %s"
                .formatted(Text.size(summary.dataAdded()), Text.size(summary.dataAddedPacked())));
        output().line("Read:   %s, %s in %s"
                .formatted(
                        Text.counted(summary.totalFilesProcessed(), "file"),
                        Text.size(summary.totalBytesProcessed()),
                        Text.duration(Duration.between(summary.backupStart(), summary.backupEnd()))));
    }

    @Override
    protected String whenInterrupted() {
        return progress.isCommitted()
                ? "Interrupted when the snapshot had just been saved. 'holdfast vault snapshots' shows it."
                : "Interrupted. No snapshot was made; those made before are safe. Run it again: what was stored so far is not sent again.";
    }

    /** With restic's names: what the summary holds stands beside the rest. */
    private record Saved(
            String messageType,
            @Nullable String snapshotId,
            boolean dryRun,
            @Nullable String parent,
            @JsonUnwrapped @Nullable Summary summary,
            List<Problem> problems,
            List<Change> changes) {}
}
