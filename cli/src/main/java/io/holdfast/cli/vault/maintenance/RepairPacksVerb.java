package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.FileKind;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repair.PacksRepair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "packs",
        description = "Put what can be read of damaged packs into new ones, and drop those; 3 if something is lost.")
final class RepairPacksVerb extends RepositoryVerb {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The packs that check or 'repair index' name.")
    private List<String> ids = new ArrayList<>();

    @Override
    protected int run(Vault vault) throws Exception {
        Set<PackId> damaged = new HashSet<>();
        for (String id : ids) {
            damaged.add(PackId.parse(FileKind.PACK.choose(vault.cat(), id)));
        }
        PacksRepair repaired;
        try (var _ = working("Repairing packs")) {
            repaired = vault.maintenance().repairPacks(damaged);
        }
        List<String> lost = repaired.lost().stream().map(Object::toString).toList();
        if (output().isJson()) {
            output().json(new Told(
                    "summary", repaired.salvaged(), repaired.elsewhere(), lost, StayedFiles.names(repaired.stayed())));
        } else {
            output().line("%s saved from these packs, %d from others, %d lost"
                    .formatted(Text.counted(repaired.salvaged(), "blob"), repaired.elsewhere(), lost.size()));
        }
        int exit = StayedFiles.tell(repaired.stayed(), output());
        if (lost.isEmpty()) {
            return exit;
        }
        lost.forEach(blob -> output().problem("lost: " + blob));
        output().note(
                        "What is lost may come back by backing up the same files again; then: holdfast vault repair snapshots");
        return ExitCodes.INCOMPLETE;
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. Nothing that can be read was dropped. Run it again.";
    }

    private record Told(String messageType, int salvaged, int elsewhere, List<String> lost, List<String> stayed) {}
}
