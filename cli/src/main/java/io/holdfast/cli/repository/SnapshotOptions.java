package io.holdfast.cli.repository;

import java.util.List;
import picocli.CommandLine.Option;

/** Which snapshots are meant, with a short option for the host. */
public final class SnapshotOptions extends SnapshotChoice {

    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            description = "Only snapshots of this host; can be given again. Default: RESTIC_HOST, or any.")
    private List<String> hosts = List.of();

    @Override
    protected List<String> hosts() {
        return hosts;
    }
}
