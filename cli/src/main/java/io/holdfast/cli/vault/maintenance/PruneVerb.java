package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.vault.Vault;
import io.holdfast.vault.prune.PruneReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast vault prune}: in two phases, unless told otherwise. */
@Command(name = "prune", description = "Free the space of what no snapshot needs any more.")
public final class PruneVerb extends RepositoryVerb {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only tell what would be done.")
    private boolean dryRun;

    @Mixin
    private final PruneOptions options = new PruneOptions();

    @Override
    protected void prepare() {
        options.check();
    }

    @Override
    protected int run(Vault vault) throws Exception {
        PruneReport report;
        try (var _ = working("Pruning")) {
            report = vault.maintenance()
                    .prune(options.spec(vault, surroundings()).withDryRun(dryRun));
        }
        return Pruned.tell(report, dryRun, output());
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. Every snapshot is whole; what was not freed is freed by the next prune.";
    }
}
