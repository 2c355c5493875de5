package io.holdfast.cli.vault.files;

import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.restore.RestoreSpec.Overwrite;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How files are brought back. */
final class RestoreOptions {

    @Option(
            names = "--overwrite",
            paramLabel = "WHEN",
            converter = OverwriteConverter.class,
            description = {
                "What becomes of files that exist: always (what differs is written), if-changed (files of equal size",
                "and time are taken for equal), if-newer (only older ones are replaced), never. Default: always."
            })
    private Overwrite overwrite = Overwrite.ALWAYS;

    @Option(names = "--delete", description = "Delete from DIR what the snapshot does not hold.")
    private boolean delete;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only tell what would be done.")
    private boolean dryRun;

    @Option(
            names = "--sparse",
            description = "Leave out runs of zeros of newly written files, so that they take no room.")
    private boolean sparse;

    @Option(names = "--verify", description = "Then read every file again, and compare it with the snapshot.")
    private boolean verify;

    @Option(
            names = "--in-place",
            description = {
                "Change existing files where they differ, so that no second copy needs room;",
                "who reads one meanwhile sees old and new mixed."
            })
    private boolean inPlace;

    @Option(
            names = "--ownership-by-name",
            description =
                    "Set owner and group by their names, by number where this machine has no such name. Needs root.")
    private boolean byName;

    @Option(names = "--no-ownership", description = "Leave owner and group as they become. Default, unless for root.")
    private boolean noOwners;

    @Option(
            names = "--setuid",
            description =
                    "Give files back what lends rights: setuid and setgid bits, security.* and trusted.* attributes.")
    private boolean setuid;

    @Option(names = "--devices", description = "Make devices. Needs root.")
    private boolean devices;

    boolean deletes() {
        return delete;
    }

    /** Whether it was asked for that owners stay as they become. */
    boolean leavesOwners() {
        return noOwners;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** What is wrong with the options, if anything. */
    Optional<String> complaint() {
        return byName && noOwners
                ? Optional.of("--ownership-by-name and --no-ownership cannot be combined.")
                : Optional.empty();
    }

    RestoreSpec applied(RestoreSpec spec) {
        RestoreSpec changed = spec.withOverwrite(overwrite)
                .with(RestoreSpec.Option.DELETE_EXTRA, delete)
                .with(RestoreSpec.Option.DRY_RUN, dryRun)
                .with(RestoreSpec.Option.SPARSE, sparse)
                .with(RestoreSpec.Option.VERIFY, verify)
                .with(RestoreSpec.Option.IN_PLACE, inPlace)
                .with(RestoreSpec.Option.SETUID, setuid)
                .with(RestoreSpec.Option.DEVICES, devices);
        return byName || noOwners
                ? changed.with(RestoreSpec.Option.OWNERS, false).with(RestoreSpec.Option.OWNERS_BY_NAME, byName)
                : changed;
    }
}
