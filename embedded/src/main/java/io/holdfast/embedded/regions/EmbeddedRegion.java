package io.holdfast.embedded.regions;

import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.WriteFault;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One S3 region that keeps its objects as files and speaks S3 on loopback. Several run in one JVM. Objects survive a
 * stop and a kill; what a write left unfinished is removed at the next start.
 *
 * <p>A signed upload is held in memory until its signature is checked, so each upload under way costs the heap its
 * size; the threads bound how many there are.
 */
public final class EmbeddedRegion implements AutoCloseable {

    /** Requests served at once, besides the two threads that accept and select. */
    private static final int THREADS = 10;

    private static final long STOP_WITHIN_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegion.class);

    private final RegionSettings settings;
    private final S3Proxy server;

    private EmbeddedRegion(RegionSettings settings, S3Proxy server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * Returns when the region answers.
     *
     * @throws EmbeddedPartException HF-S01 port in use, HF-S21 directory not usable, HF-S22 anything else
     */
    public static EmbeddedRegion start(RegionSettings settings) {
        prepare(settings);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(settings.directory().toString()))
                .endpoint(uri(settings.port()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, settings.accessKey(), settings.secretKey())
                .jettyMaxThreads(THREADS)
                .stopTimeout(STOP_WITHIN_MILLIS)
                .build();
        EmbeddedRegion region = new EmbeddedRegion(settings, server);
        try {
            server.start();
        } catch (Exception e) {
            region.close();
            throw explain(e, settings);
        }
        return region;
    }

    private static void prepare(RegionSettings settings) {
        try {
            Path bucket = Files.createDirectories(settings.directory().resolve(settings.bucket()));
            UnfinishedWrites.removeFrom(bucket);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "HF-S21",
                    "Cannot use %s for region '%s': %s"
                            .formatted(
                                    settings.directory(),
                                    settings.name(),
                                    WriteFault.of(e, e.toString(), settings.directory())
                                            .told("No object was changed.")),
                    e);
        }
    }

    private static EmbeddedPartException explain(Exception failure, RegionSettings settings) {
        boolean taken = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
        return taken
                ? LoopbackPorts.inUse(settings.name(), settings.port(), failure)
                : new EmbeddedPartException(
                        "HF-S22",
                        "Cannot start region '%s' on %s: %s. No object was changed. Start again; its other regions and the vault hold the same backups."
                                .formatted(settings.name(), settings.directory(), failure),
                        failure);
    }

    private static URI uri(int port) {
        return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
    }

    public String name() {
        return settings.name();
    }

    /** Where S3 clients connect to. */
    public URI endpoint() {
        return uri(server.getPort());
    }

    /** Stops answering; requests under way have two seconds to end. Closing again does nothing. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("Region '{}' did not stop cleanly; its objects are unharmed", settings.name(), e);
        }
    }
}
