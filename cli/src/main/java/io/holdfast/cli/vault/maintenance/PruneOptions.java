package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.terminal.ByteSize;
import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.Vault;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the space of what no snapshot needs is freed, with restic's limits. */
final class PruneOptions {

    private static final String UNLIMITED = "unlimited";
    private static final String PERCENT = "\\d{1,3}(\\.\\d{1,6})?%";
    /** restic's 80 % of the size that packs are made to have. */
    private static final long SMALL = (16L << 20) * 8 / 10;

    @Option(
            names = "--max-unused",
            paramLabel = "LIMIT",
            description = {
                "How much that nobody needs may stay in packs: bytes (k, M, G, T), a part (10%%) or 'unlimited'.",
                "Default: 5%%."
            })
    private String maxUnused = "5%";

    @Option(names = "--max-repack-size", paramLabel = "SIZE", description = "Repack no more than this in one run.")
    private @Nullable String maxRepack;

    @Option(names = "--repack-cacheable-only", description = "Repack only packs that hold directories.")
    private boolean cacheableOnly;

    @Option(names = "--repack-small", description = "Join packs below 80%% of the usual 16 MiB.")
    private boolean small;

    @Option(names = "--repack-smaller-than", paramLabel = "SIZE", description = "Join packs below this size.")
    private @Nullable String smallerThan;

    @Option(names = "--repack-uncompressed", description = "Also repack what was stored uncompressed.")
    private boolean uncompressed;

    @Option(
            names = "--immediately",
            description = {
                "Delete packs at once, as restic does. Otherwise they leave the index now, and a prune deletes them",
                "that runs on this machine a day later or more: what was taken out wrongly can be brought back till then."
            })
    private boolean immediately;

    /** Fails if an option makes no sense. */
    void check() {
        limits(PruneSpec.immediately());
        if (cacheableOnly && (small || smallerThan != null || uncompressed)) {
            throw refused("--repack-cacheable-only leaves packs of data alone, and other options repack them");
        }
    }

    PruneSpec spec(Vault vault, Surroundings surroundings) {
        return limits(
                immediately
                        ? PruneSpec.immediately()
                        : PruneSpec.remembering(StateDirectory.pruneMemory(vault.location(), surroundings)));
    }

    private PruneSpec limits(PruneSpec spec) {
        return spec.withMaxUnused(allowance())
                .withMaxRepackBytes(maxRepack == null ? Long.MAX_VALUE : bytes(maxRepack))
                .withRepackSmallerThan(smallerThan != null ? bytes(smallerThan) : small ? SMALL : 0)
                .withRepackCacheableOnly(cacheableOnly)
                .withRepackUncompressed(uncompressed);
    }

    private Allowance allowance() {
        if (maxUnused.equals(UNLIMITED)) {
            return new Allowance.Unlimited();
        }
        if (!maxUnused.matches(PERCENT)) {
            return new Allowance.Bytes(bytes(maxUnused));
        }
        try {
            return new Allowance.Percent(Double.parseDouble(maxUnused.substring(0, maxUnused.length() - 1)));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static long bytes(String text) {
        return ByteSize.parse(text)
                .orElseThrow(
                        () -> refused("'%s' is no size: give bytes, or a number with k, M, G or T".formatted(text)));
    }

    private static CliException refused(String why) {
        return Code.USAGE.because("Cannot prune like this: %s. Nothing was changed.".formatted(why));
    }
}
