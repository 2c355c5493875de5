package io.holdfast.restore;

import io.holdfast.plan.Location;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteSettings;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The places of this host that are Holdfast's own: no restore goes there, by whatever name it is sent. */
final class KeepOut {

    private record Own(String what, Path path) {

        static Own of(String what, Path path) {
            return new Own(what, real(path));
        }
    }

    private final SitePlan plan;
    private final List<Path> directories;

    static KeepOut of(SitePlan plan, SiteSettings site, RestoreSettings settings) {
        return new KeepOut(
                plan,
                Stream.concat(Stream.of(site.stateDirectory()), settings.keepOutOf().stream())
                        .map(Path::toAbsolutePath)
                        .toList());
    }

    /** @param directories what is Holdfast's own beside the vaults and regions of the plan */
    private KeepOut(SitePlan plan, List<Path> directories) {
        this.plan = plan;
        this.directories = List.copyOf(directories);
    }

    void check(WayBack wayBack) throws RestoreRefusal {
        List<Own> all = all().toList();
        for (Placement placement : wayBack.placements()) {
            Path real = real(placement.target());
            for (Own own : all) {
                if (real.startsWith(own.path())) {
                    throw refusal(placement, own.what() + " lie there", "Choose another directory with --to DIR.");
                }
            }
            String within = all.stream()
                    .map(Own::path)
                    .filter(own -> own.startsWith(real) && !placement.keeps(real.relativize(own)))
                    .map(Path::toString)
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!within.isEmpty()) {
                throw refusal(
                        placement,
                        "what is Holdfast's own lies in it, at " + within,
                        "Exclude that in the plan, or choose another directory with --to DIR.");
            }
        }
    }

    private Stream<Own> all() {
        return Stream.of(
                        plan.site().stream().map(site -> Own.of("the vaults of this site", Path.of(site.vaults()))),
                        regions().map(region -> Own.of("the files of a region", region)),
                        directories.stream().map(directory -> Own.of("Holdfast's own files", directory)))
                .flatMap(own -> own);
    }

    private Stream<Path> regions() {
        return plan.stacks().stream()
                .flatMap(stack -> plan.regionsOf(stack).stream())
                .map(region -> Location.parse(region.location()))
                .filter(Location.Directory.class::isInstance)
                .map(location -> ((Location.Directory) location).path());
    }

    /** Without links; what is not there yet, as far as it is. */
    private static Path real(Path path) {
        Path parent = path.getParent();
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    private static RestoreRefusal refusal(Placement placement, String why, String remedy) {
        return new RestoreRefusal(
                "HF-R10",
                "Cannot restore into '%s': %s. Nothing was touched. %s".formatted(placement.target(), why, remedy));
    }
}
