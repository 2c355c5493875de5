package io.holdfast.restore;

import io.holdfast.events.ComponentId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.ManifestFiles;
import io.holdfast.site.SitePlan;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What cannot be brought back because no backup holds it, for an operator. It keeps nobody from bringing back the rest, but
 * must not go without a word.
 */
final class Lacks {

    private static final String COMPONENTS = "HF-R16";
    private static final String FILES = "HF-R17";
    private static final String NOT_PLANNED = "HF-R19";
    private static final String ADDED_SINCE = "HF-R21";

    private final SitePlan plan;

    Lacks(SitePlan plan) {
        this.plan = plan;
    }

    /** Of a component: what its snapshot lacks. */
    static Optional<String> of(Held held) {
        return held.tags().kind() == SnapshotKind.INCOMPLETE
                ? Optional.of(
                        "%s Snapshot %s is of an incomplete capture: some of the component was not read whole, or was written to though it was to rest. No more than what it holds can be brought back from it. What was the matter is told by the backup that failed: holdfast backups %s"
                                .formatted(
                                        FILES,
                                        held.snapshot().id().shortForm(),
                                        held.tags().recoveryPoint()))
                : Optional.empty();
    }

    /** Of a component in its place: what its snapshot lacks, beside that also of what the plan has got since. */
    static Optional<String> of(Held held, List<Path> addedSince) {
        return Stream.of(of(held), ofAdded(addedSince, held))
                .flatMap(Optional::stream)
                .reduce("%s %s"::formatted);
    }

    private static Optional<String> ofAdded(List<Path> paths, Held held) {
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s Snapshot %s holds nothing of %s, which the plan did not name when it was taken. That was left as it is."
                                .formatted(
                                        ADDED_SINCE,
                                        held.snapshot().id().shortForm(),
                                        paths.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }

    /**
     * Of all that was asked for: the components that the plan has no place for any more, and those that there is nothing
     * of. A component that was named is never among them.
     */
    Optional<String> of(Selection asked, String stack, List<Held> chosen, List<Held> held, Vault vault)
            throws VaultException, RestoreRefusal {
        return Stream.of(leftOut(asked, stack, chosen, held), missing(asked, stack, chosen, held, vault))
                .flatMap(Optional::stream)
                .reduce("%s %s"::formatted);
    }

    private static Optional<String> leftOut(Selection asked, String stack, List<Held> chosen, List<Held> held)
            throws RestoreRefusal {
        if (!asked.components().isEmpty()) {
            return Optional.empty();
        }
        List<String> left = asked.from(held).stream()
                .map(Held::component)
                .filter(name -> chosen.stream().noneMatch(it -> it.component().equals(name)))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s Not restored is what the plan no longer has: %s. Its backups are safe; into a directory it comes back with: holdfast restore %s --stack %s -c %s --to DIR --reason TEXT"
                                .formatted(
                                        NOT_PLANNED,
                                        String.join(", ", left),
                                        asked.at() == null ? asked.which() : "--at " + asked.at(),
                                        stack,
                                        String.join(" -c ", left)));
    }

    private Optional<String> missing(Selection asked, String stack, List<Held> chosen, List<Held> held, Vault vault)
            throws VaultException {
        if (asked.components().isEmpty() && asked.isNewest()) {
            return ofNewest(stack, chosen, vault);
        }
        Optional<Held> manifest = manifestOfIncomplete(asked, chosen, held);
        return manifest.isPresent() ? Optional.of(ofPoint(manifest.get(), stack, vault)) : Optional.empty();
    }

    /** The manifest of the recovery point that was asked for as a whole, if it is incomplete. */
    static Optional<Held> manifestOfIncomplete(Selection asked, List<Held> chosen, List<Held> held) {
        Held any = chosen.getFirst();
        return asked.components().isEmpty() && asked.namesPointOf(any)
                ? held.stream()
                        .filter(it -> it.tags().kind() == SnapshotKind.MANIFEST)
                        .filter(it ->
                                it.tags().recoveryPoint().equals(any.tags().recoveryPoint()))
                        .filter(it -> Boolean.FALSE.equals(it.tags().complete()))
                        .findFirst()
                : Optional.empty();
    }

    private Optional<String> ofNewest(String stack, List<Held> chosen, Vault vault) {
        List<String> missing = plan.components().stream()
                .map(planned -> planned.component())
                .filter(planned -> planned.stack().equals(stack))
                .map(ComponentId::component)
                .filter(name -> chosen.stream().noneMatch(it -> it.component().equals(name)))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s There is nothing of %s: %s holds no good backup of it up to the time that was asked for. 'holdfast status' tells where one lies; --from-region reads it there."
                                .formatted(COMPONENTS, String.join(", ", missing), vault.location()));
    }

    private static String ofPoint(Held manifest, String stack, Vault vault) throws VaultException {
        return "%s The recovery point %s is incomplete: it holds %s. 'holdfast backups' shows which ones hold all."
                .formatted(COMPONENTS, manifest.tags().recoveryPoint(), what(manifest, stack, vault));
    }

    private static String what(Held manifest, String stack, Vault vault) throws VaultException {
        try {
            return "nothing of " + String.join(", ", ManifestFiles.missing(vault, manifest.snapshot(), stack));
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.INTERRUPTED) {
                throw e;
            }
            return unreadable(e);
        } catch (IllegalArgumentException e) {
            return unreadable(e);
        }
    }

    private static String unreadable(Exception e) {
        return "not all that was asked for, and its manifest cannot be read, which says what: " + e.getMessage();
    }
}
