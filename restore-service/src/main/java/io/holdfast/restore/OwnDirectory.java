package io.holdfast.restore;

import io.holdfast.plan.Location;
import io.holdfast.site.SitePlan;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The directory that a request names to restore into: one in which nothing of Holdfast's own lies, by whatever name. */
final class OwnDirectory {

    private OwnDirectory() {}

    static Path of(String named, SitePlan plan) throws RestoreRefusal {
        Path path = absolute(named);
        Path real = real(path);
        if (plan.site()
                .filter(site -> real.startsWith(real(Path.of(site.vaults()))))
                .isPresent()) {
            throw unusable(named, "the vaults of this site lie there");
        }
        if (regions(plan).anyMatch(region -> real.startsWith(real(region)))) {
            throw unusable(named, "a region lies there");
        }
        return path;
    }

    private static Path absolute(String named) throws RestoreRefusal {
        try {
            Path path = Path.of(named);
            if (!path.isAbsolute() || !path.equals(path.normalize())) {
                throw unusable(named, "it is not an absolute path without '.' and '..'");
            }
            if (path.getNameCount() == 0) {
                throw unusable(named, "it is the root of the host");
            }
            return path;
        } catch (InvalidPathException _) {
            throw unusable(named, "it is no path");
        }
    }

    private static Stream<Path> regions(SitePlan plan) {
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

    private static RestoreRefusal unusable(String directory, String why) {
        return new RestoreRefusal(
                "HF-R10",
                "Cannot restore into '%s': %s. Nothing was touched. Name a directory of its own by its absolute path."
                        .formatted(directory.replaceAll("\\p{Cntrl}", "?"), why));
    }
}
