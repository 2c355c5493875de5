package io.holdfast.site;

import io.holdfast.plan.Location;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places of this host that are Holdfast's own, by whatever name somebody comes to them: nothing is restored into them,
 * and no backup holds them, which would hold all backups before it.
 */
public final class OwnFiles {

    /** @param what in words for an operator */
    private record Own(String what, Path path) {

        static Own of(String what, Path path) {
            return new Own(what, real(path));
        }
    }

    private final SitePlan plan;
    private final List<Path> directories;

    public OwnFiles(SitePlan plan, SiteSettings site) {
        this.plan = plan;
        this.directories = Stream.concat(Stream.of(site.stateDirectory()), site.ownDirectories().stream())
                .map(Path::toAbsolutePath)
                .toList();
    }

    /** What of it a place lies in, in words for an operator. */
    public Optional<String> around(Placement placement) {
        Path target = real(placement.target());
        return all().filter(own -> target.startsWith(own.path())).map(Own::what).findFirst();
    }

    /** What of it lies in a place that does not exclude it, by the names that it has there. */
    public List<Path> within(Placement placement) {
        Path target = real(placement.target());
        return all().map(Own::path)
                .filter(own -> own.startsWith(target))
                .map(target::relativize)
                .filter(own -> !placement.keeps(own))
                .map(placement.target()::resolve)
                .distinct()
                .toList();
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
}
