package io.holdfast.cli;

import io.holdfast.vault.Vault;
import io.holdfast.vault.prune.PruneReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "prune", description = "Free the space of what no snapshot needs any more.")
final class VaultPrune extends VaultVerb {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only tell what would be done.")
    private boolean dryRun;

    @Mixin
    private final PruneOptions options = new PruneOptions();

    @Override
    void prepare() {
        options.check();
    }

    @Override
    int run(Vault vault) throws Exception {
        PruneReport report;
        try (var _ = working("Pruning")) {
            report = vault.maintenance()
                    .prune(options.spec(vault, surroundings()).withDryRun(dryRun));
        }
        return Pruned.tell(report, dryRun, output());
    }

    @Override
    String whenInterrupted() {
        return "Interrupted. Every snapshot is whole; what was not freed is freed by the next prune.";
    }
}
