package io.holdfast.worker;

import io.holdfast.events.BackupKind;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.Backups;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.CommitGuard;
import io.holdfast.vault.backup.Draft;
import io.holdfast.vault.feedback.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One component while it is captured, step by step. */
final class Member implements Closeable {

    private final OneBackup backup;
    private final long planRevision;
    private final Capture capture;
    private final Quiesce quiesce;
    private List<String> own = List.of();
    private @Nullable Draft draft;
    private boolean rested;
    private @Nullable SourceException flaw;

    /** @param planRevision of the plan that says what to capture */
    Member(OneBackup backup, long planRevision, Quiesce quiesce, Capture capture) {
        this.backup = backup;
        this.planRevision = planRevision;
        this.quiesce = quiesce;
        this.capture = capture;
    }

    OneBackup backup() {
        return backup;
    }

    void inspect() throws IOException, InterruptedException {
        own = capture.inspect();
    }

    /** What is to rest for it; without its own containers if it could not be inspected. */
    ToRest toRest() {
        String subject = backup.component().toString();
        return capture.settlesAwake()
                ? ToRest.forCaptureAwake(subject, quiesce, own)
                : ToRest.forCapture(subject, quiesce, own);
    }

    void settle() throws IOException, InterruptedException {
        capture.settle();
    }

    boolean lasts() {
        return capture.lasts();
    }

    /** @param moment that the snapshot is of */
    void read(Backups backups, Instant moment, CommitGuard guard, Progress progress)
            throws IOException, InterruptedException {
        Content content = capture.read();
        var spec = BackupSpec.of(content.roots())
                .withPaths(List.of("/" + backup.component()))
                .withExcludes(content.excludes())
                .withHostname(backup.site())
                .withTagging((problems, changes) ->
                        backup.tags(planRevision, Worth.of(content.given(), rested, problems, changes)))
                .withTime(moment)
                .with(BackupOption.FORCE, backup.request().kind() == BackupKind.FULL)
                .withCommitGuard(guard);
        Draft read = backups.read(spec, progress);
        draft = read;
        try {
            content.least().require(read.files(), read.bytes());
        } catch (SourceException e) {
            flawed(e);
        }
    }

    /** Looks whether it went on well. */
    void validate() throws InterruptedException {
        try {
            capture.validate();
        } catch (IOException e) {
            flawed(e);
        }
    }

    /** What was read is kept, but is no good backup. */
    void flawed(IOException how) {
        draft().flawed(how);
        if (flaw == null && how instanceof SourceException source) {
            flaw = source;
        }
    }

    /** @param rested whether anything rested while it was read */
    BackupResult commit(Backups backups, boolean rested) throws IOException {
        this.rested = rested;
        BackupResult result = backups.commit(draft());
        if (flaw != null) {
            throw flaw.with("What was read is kept as snapshot %s, which counts as no good backup."
                    .formatted(result.snapshot().id().shortForm()));
        }
        IncompleteCapture.requireGood(result);
        return result;
    }

    private Draft draft() {
        return Objects.requireNonNull(draft, "reading comes first");
    }

    @Override
    public void close() throws IOException {
        capture.close();
    }
}
