package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repair.IndexRepair;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "index", description = "Make the index say what the packs say; 3 if some of them say nothing any more.")
final class RepairIndexVerb extends RepositoryVerb {

    @Option(
            names = "--read-all-packs",
            description = "Believe nothing that the index says, and read the end of each pack.")
    private boolean readAll;

    @Override
    protected int run(Vault vault) throws Exception {
        IndexRepair repaired;
        try (var _ = working("Repairing the index")) {
            repaired = vault.maintenance().repairIndex(readAll);
        }
        if (output().isJson()) {
            output().json(new Told(
                    "summary",
                    ids(repaired.added()),
                    ids(repaired.dropped()),
                    ids(repaired.damaged()),
                    repaired.unreadable(),
                    StayedFiles.names(repaired.stayed())));
        } else {
            output().line("%s added, %s dropped that do not exist, %s replaced"
                    .formatted(
                            Text.counted(repaired.added().size(), "pack"),
                            Text.counted(repaired.dropped().size(), "pack"),
                            Text.counted(repaired.unreadable().size(), "unreadable index file")));
        }
        ids(repaired.damaged())
                .forEach(pack -> output().problem(
                                "damaged: pack %s. Bring it back from another copy, or: holdfast vault repair packs %s"
                                        .formatted(pack, pack)));
        int exit = StayedFiles.tell(repaired.stayed(), output());
        return repaired.damaged().isEmpty() ? exit : ExitCodes.INCOMPLETE;
    }

    private static List<String> ids(List<PackId> packs) {
        return packs.stream().map(PackId::toString).toList();
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. The repository is as good as it was. Run it again.";
    }

    private record Told(
            String messageType,
            List<String> added,
            List<String> dropped,
            List<String> damaged,
            List<String> unreadable,
            List<String> stayed) {}
}
