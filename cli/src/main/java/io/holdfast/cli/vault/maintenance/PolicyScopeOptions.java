package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.SnapshotChoice;
import java.util.List;
import picocli.CommandLine.Option;

/** Which snapshots a policy speaks about; {@code -H} is a number of hours there. */
final class PolicyScopeOptions extends SnapshotChoice {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Only snapshots of this host; can be given again. Default: RESTIC_HOST, or any.")
    private List<String> hosts = List.of();

    @Override
    protected List<String> hosts() {
        return hosts;
    }
}
