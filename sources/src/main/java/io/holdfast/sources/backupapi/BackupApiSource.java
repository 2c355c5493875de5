package io.holdfast.sources.backupapi;

import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A system that makes its own backups over REST, and takes them back. */
public final class BackupApiSource implements ComponentSource {

    private static final String CAPTURED = "Nothing was captured; earlier snapshots are safe.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Source.BackupApi source;
    private final String at;
    private final Host host;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public BackupApiSource(Source.BackupApi source, String at, Host host) {
        this.source = source;
        this.at = at;
        this.host = host;
    }

    @Override
    public Capture capture() {
        return new ApiCapture(this);
    }

    /** A backup of what the system holds now. A system that does not answer has nothing that could be taken without it. */
    @Override
    public Content salvage() throws IOException {
        try {
            return new ApiCapture(this).salvaged();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the state before was to be kept");
        }
    }

    @Override
    public WayBack wayBack() {
        return new ApiWayBack(this);
    }

    @Override
    public String byHand() {
        return "Give the archives in DIRECTORY%s back to %s, as its own documentation says."
                .formatted(at, source.url());
    }

    Source.BackupApi plan() {
        return source;
    }

    String at() {
        return at;
    }

    Host host() {
        return host;
    }

    /** A name for a new backup that says whose it is. */
    String newName() {
        return "holdfast%s-%s"
                .formatted(at.replace('/', '-'), TIME.format(host.clock().instant()));
    }

    BackupSystem toCapture() throws SourceException {
        return system(CAPTURED);
    }

    BackupSystem toRestore() throws SourceException {
        return system("The snapshot is safe.");
    }

    Failures failures(String safe, String secret) {
        return new Failures(source.url().toString(), safe, secret);
    }

    private BackupSystem system(String safe) throws SourceException {
        SecretReference reference = source.token();
        String token = reference == null ? "" : host.secret(reference).value();
        return new BackupSystem(source, new Server(source, token, failures(safe, token)));
    }
}
