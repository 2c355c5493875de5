package io.holdfast.restore;

import io.holdfast.site.OwnFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.WayBack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses what would be restored into Holdfast's own files. */
record KeepOut(OwnFiles own) {

    void check(WayBack wayBack) throws RestoreRefusal {
        for (Placement placement : wayBack.placements()) {
            Optional<String> around = own.around(placement);
            if (around.isPresent()) {
                throw refusal(placement, around.get() + " lie there", "Choose another directory with --to DIR.");
            }
            List<Path> within = own.within(placement);
            if (!within.isEmpty()) {
                throw refusal(
                        placement,
                        "what is Holdfast's own lies in it, at "
                                + within.stream().map(Path::toString).collect(Collectors.joining(", ")),
                        "Exclude that in the plan, or choose another directory with --to DIR.");
            }
        }
    }

    private static RestoreRefusal refusal(Placement placement, String why, String remedy) {
        return new RestoreRefusal(
                "HF-R10",
                "Cannot restore into '%s': %s. Nothing was touched. %s".formatted(placement.target(), why, remedy));
    }
}
