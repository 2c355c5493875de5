package io.holdfast.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * Keeps vaults out of what is captured: each backup would hold all earlier ones.
 *
 * @param vaults directories that hold repositories
 */
record CaptureGuard(List<Path> vaults) {

    CaptureGuard {
        vaults = List.copyOf(vaults);
    }

    void check(Path captured, List<String> exclude, Located at, Problems problems) {
        for (Path vault : vaults) {
            if (captured.startsWith(vault)) {
                problems.add(
                        Code.VAULT_CAPTURED,
                        at,
                        "%s lies in %s, where repositories are kept".formatted(captured, vault),
                        "Take it out, or keep the repositories elsewhere");
            } else if (vault.startsWith(captured) && !isExcluded(vault, exclude)) {
                problems.add(
                        Code.VAULT_CAPTURED,
                        at,
                        "%s holds %s, where repositories are kept, so each backup would hold all earlier ones"
                                .formatted(captured, vault),
                        "Keep the repositories elsewhere, or add \"%s\" to exclude".formatted(vault));
            }
        }
    }

    private static boolean isExcluded(Path vault, List<String> exclude) {
        return exclude.stream().anyMatch(pattern -> pattern.startsWith("/") && vault.startsWith(Path.of(pattern)));
    }
}
