package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.VaultOptions;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.Backends;
import io.holdfast.vault.backend.Bandwidth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which repository, where its password lies, and how both are used. */
public final class RepositoryOptions {

    private static final long KIB = 1024;

    @Option(
            names = {"-r", "--repo"},
            paramLabel = "PLACE",
            description = {
                "A directory, or s3:https://HOST/BUCKET/PATH with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                "Default: HOLDFAST_REPOSITORY, RESTIC_REPOSITORY."
            })
    private @Nullable String repository;

    @Option(
            names = "--repository-file",
            paramLabel = "FILE",
            description = "The file that says where. Default: RESTIC_REPOSITORY_FILE.")
    private @Nullable String repositoryFile;

    @Option(
            names = {"-p", "--password-file"},
            paramLabel = "FILE",
            description = {
                "The file that holds the password.",
                "Default: HOLDFAST_PASSWORD, HOLDFAST_PASSWORD_FILE, RESTIC_PASSWORD, RESTIC_PASSWORD_FILE,",
                "RESTIC_PASSWORD_COMMAND; else it is asked for."
            })
    private @Nullable String passwordFile;

    @Option(names = "--password-command", paramLabel = "COMMAND", description = "The command that prints the password.")
    private @Nullable String passwordCommand;

    @Option(
            names = "--key-hint",
            paramLabel = "ID",
            description = "The key to try first, where there are many. Default: RESTIC_KEY_HINT.")
    private @Nullable String keyHint;

    @Option(
            names = "--retry-lock",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait while others hold a lock, as 5m or 2h. Default: not at all.")
    private Duration retryLock = Duration.ZERO;

    @Option(
            names = "--no-lock",
            description = "Take no lock to read, as at a place that cannot be written; what changes anything takes it.")
    private boolean noLock;

    @Mixin
    private final CacheOptions cache = new CacheOptions();

    @Option(names = "--limit-upload", paramLabel = "RATE", description = "Send no more KiB a second, 8 at least.")
    private @Nullable Long upload;

    @Option(names = "--limit-download", paramLabel = "RATE", description = "Receive no more KiB a second, 8 at least.")
    private @Nullable Long download;

    /** Whether what only reads is to take no lock. */
    public boolean isLockless() {
        return noLock;
    }

    /** Where the repository lies; fails if nothing says it. */
    public String place(Surroundings surroundings) {
        return place(repository, repositoryFile, surroundings)
                .orElseThrow(
                        () -> Code.WHICH_REPOSITORY.because(
                                "No repository was named. Nothing was changed. Use --repo DIR or --repo s3:…, or set HOLDFAST_REPOSITORY."));
    }

    /** What options name, or else the environment. */
    public static Optional<String> place(
            @Nullable String option, @Nullable String optionFile, Surroundings surroundings) {
        return first(option)
                .or(() -> first(optionFile).map(RepositoryOptions::line))
                .or(() -> first(
                        surroundings.environment("HOLDFAST_REPOSITORY"), surroundings.environment("RESTIC_REPOSITORY")))
                .or(() -> first(surroundings.environment("RESTIC_REPOSITORY_FILE"))
                        .map(RepositoryOptions::line));
    }

    private static Optional<String> first(@Nullable String... values) {
        return Stream.of(values)
                .filter(value -> value != null && !value.isBlank())
                .map(String::valueOf)
                .findFirst();
    }

    private static String line(String file) {
        return TextFile.read(Path.of(file), "place of the repository").strip();
    }

    /** @param twice whether a password that is typed in is asked for again, as for a new repository */
    public PasswordSource password(Surroundings surroundings, boolean twice) {
        return PasswordSource.of(passwordFile, passwordCommand, surroundings, twice);
    }

    VaultOptions vault(Surroundings surroundings) {
        VaultOptions options = VaultOptions.DEFAULT.withRetryLock(retryLock).withLockless(noLock);
        String hint =
                first(keyHint, surroundings.environment("RESTIC_KEY_HINT")).orElse(null);
        options = hint == null ? options : options.withKeyHint(hint);
        return Backends.isRemote(place(surroundings))
                ? cache.cache(surroundings).map(options::withCache).orElse(options)
                : options;
    }

    BackendOptions backend() {
        return BackendOptions.defaults().withBandwidth(Bandwidth.of(rate(upload), rate(download)));
    }

    private static long rate(@Nullable Long kib) {
        if (kib == null) {
            return Bandwidth.UNLIMITED;
        }
        if (kib < Bandwidth.LEAST / KIB || kib > Long.MAX_VALUE / KIB) {
            throw Code.USAGE.because("%d KiB a second is no usable limit: the least is %d. Nothing was changed."
                    .formatted(kib, Bandwidth.LEAST / KIB));
        }
        return kib * KIB;
    }
}
