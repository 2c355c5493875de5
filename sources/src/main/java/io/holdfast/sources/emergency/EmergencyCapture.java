package io.holdfast.sources.emergency;

import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.emergency.EmergencyReport.Saved;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Saves whatever can still be read of components, as it is, into a vault: a snapshot for each, and one that holds the
 * report. Nothing is brought to rest, and what cannot be read stops nothing else.
 */
public final class EmergencyCapture {

    private static final String STACK = "emergency";

    private final Vault vault;
    private final Sources sources;
    private final Clock clock;
    private final List<String> leftOut;

    /** @param leftOut patterns of what is left out beside what the components leave out, such as the vault itself */
    public EmergencyCapture(Vault vault, Sources sources, Clock clock, List<String> leftOut) {
        this.vault = vault;
        this.sources = sources;
        this.clock = clock;
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * Takes one after the other.
     *
     * @param done is told of each
     * @throws InterruptedIOException if the thread was interrupted; what is stored until then stays
     */
    public EmergencyReport run(List<Wanted> wanted, Consumer<Saved> done) throws InterruptedIOException {
        List<Saved> saved = new ArrayList<>();
        for (Wanted each : wanted) {
            saved.add(save(each));
            done.accept(saved.getLast());
        }
        return new EmergencyReport(clock.instant(), vault.location(), saved);
    }

    /** Keeps the report beside what it tells of. */
    public Snapshot store(EmergencyReport report) throws VaultException {
        String at = "/" + STACK + "/report";
        List<Root> roots = List.of(
                new Root.Generated(at + "/report.txt", report.text()),
                new Root.Generated(at + "/report.json", report.json()));
        return vault.backup(spec(STACK, "report", roots, Excludes.NONE), Progress.NONE)
                .snapshot();
    }

    private Saved save(Wanted wanted) throws InterruptedIOException {
        List<String> notRead = new ArrayList<>();
        Optional<BackupResult> stored = Optional.empty();
        try (Content content = sources.of(wanted.source(), wanted.at()).salvage()) {
            notRead.addAll(content.missing());
            stored = store(wanted, content, notRead);
        } catch (IOException | RuntimeException e) {
            notRead.add(reason(e));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (stored.isEmpty() && notRead.isEmpty()) {
            notRead.add("HF-Q91 Nothing of it is there.");
        }
        stored.ifPresent(
                result -> result.problems().stream().map(Problem::toString).forEach(notRead::add));
        Optional<Summary> summary = stored.flatMap(result -> result.snapshot().summary());
        return new Saved(
                wanted.stack() + "/" + wanted.component(),
                stored.map(result -> result.snapshot().id().toString()).orElse(null),
                summary.map(Summary::totalFilesProcessed).orElse(0L),
                summary.map(Summary::totalBytesProcessed).orElse(0L),
                notRead,
                stored.map(BackupResult::changes).orElse(List.of()).stream()
                        .map(Change::toString)
                        .toList());
    }

    /** Empty if there is nothing to store. What breaks is noted and left out. */
    private Optional<BackupResult> store(Wanted wanted, Content content, List<String> notRead) throws VaultException {
        List<Root> roots = new ArrayList<>(content.roots());
        while (!roots.isEmpty()) {
            var breakable = new BreakableRoots();
            try {
                BackupResult result = vault.backup(
                        spec(wanted.stack(), wanted.component(), breakable.of(roots), excludes(content)),
                        Progress.NONE);
                notRead.addAll(breakable.cut());
                return Optional.of(result);
            } catch (VaultException e) {
                List<BreakableRoots.Broken> broken = breakable.broken();
                if (broken.isEmpty()) {
                    broken = brokenAlone(wanted, roots, content, e);
                }
                for (BreakableRoots.Broken each : broken) {
                    roots.removeIf(root -> root.at().equals(each.at()));
                    notRead.add(each.at() + ": " + each.why());
                }
            }
        }
        return Optional.empty();
    }

    /** Which of them cannot be stored even alone, found without storing them. */
    private List<BreakableRoots.Broken> brokenAlone(
            Wanted wanted, List<Root> roots, Content content, VaultException failure) throws VaultException {
        List<BreakableRoots.Broken> broken = new ArrayList<>();
        boolean isOfTheRoots =
                failure.code() == VaultException.Code.SOURCE_MISSING || failure.code() == VaultException.Code.REFUSED;
        for (Root root : isOfTheRoots ? roots : List.<Root>of()) {
            try {
                vault.backup(
                        spec(wanted.stack(), wanted.component(), List.of(root), excludes(content))
                                .with(BackupOption.DRY_RUN),
                        Progress.NONE);
            } catch (VaultException e) {
                broken.add(new BreakableRoots.Broken(root.at(), reason(e)));
            }
        }
        if (broken.isEmpty()) {
            throw failure;
        }
        return broken;
    }

    private Excludes excludes(Content content) {
        List<String> patterns = new ArrayList<>(content.excludes().patterns());
        patterns.addAll(leftOut);
        return content.excludes().withPatterns(patterns);
    }

    private BackupSpec spec(String stack, String component, List<Root> roots, Excludes excludes) {
        return BackupSpec.of(roots)
                .withPaths(List.of("/" + stack + "/" + component))
                .withExcludes(excludes)
                .withTags(List.of("stack=" + stack, "component=" + component, "kind=emergency"))
                .withTime(clock.instant());
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
