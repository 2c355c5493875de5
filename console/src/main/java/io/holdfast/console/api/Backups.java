package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.RecoveryPoint;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Finds what callers mean among the plan and the backups there are. */
final class Backups {

    private static final int SHOWN = 5;

    private final BackupsView view;
    private final PlanView plan;

    Backups(BackupsView view, PlanView plan) {
        this.view = view;
        this.plan = plan;
    }

    /** The stacks of the plan with their components. */
    SortedMap<String, SortedSet<String>> planned() {
        var planned = new TreeMap<String, SortedSet<String>>();
        plan.stacks().forEach(stack -> planned.put(stack, plan.components(stack)));
        return planned;
    }

    /** The stacks that can be restored: those of the plan, and those that only vaults still know. */
    SortedMap<String, SortedSet<String>> restorable() {
        var stacks = planned();
        for (Listed listed : view.newest(_ -> true, Integer.MAX_VALUE)) {
            listed.point()
                    .taken()
                    .forEach(taken -> stacks.computeIfAbsent(listed.point().stack(), _ -> new TreeSet<>())
                            .add(taken.component()));
        }
        return stacks;
    }

    /** What is meant of what can be restored: where nothing is named, the only stack of the plan, whatever vaults still know. */
    Choice choice(@Nullable String stack, List<String> components) {
        SortedMap<String, SortedSet<String>> planned = planned();
        boolean onlyOne = stack == null && components.isEmpty() && planned.size() == 1;
        return Choice.of(stack, components, onlyOne ? planned : restorable());
    }

    /**
     * The stack that a list is narrowed to; null for all.
     *
     * @throws ConsoleProblem if neither the plan nor any backup knows it
     */
    @Nullable
    String known(@Nullable String stack) {
        String named = Checks.filled("stack", stack);
        if (named == null) {
            return null;
        }
        SortedSet<String> known = view.stacks();
        known.addAll(plan.stacks());
        if (!known.contains(named)) {
            throw Choice.unknownStack(named, known);
        }
        return named;
    }

    /** Whether any recovery point of the stack has a snapshot. */
    boolean hasAny(String stack) {
        return !view.newest(inStack(stack).and(point -> !point.taken().isEmpty()), 1)
                .isEmpty();
    }

    /** The site that holds the stack's vault. */
    String siteOf(String stack) {
        return plan.siteOf(stack)
                .or(() -> view.siteOf(stack))
                .orElseThrow(() -> Choice.unknown("No site is known to hold backups of the stack '%s'; there are %s."
                        .formatted(stack, restorable().keySet())));
    }

    /**
     * The recovery point of an id, or the newest of a name; of a name's recovery points one with snapshots is preferred.
     *
     * @throws ConsoleProblem naming what exists, if there is none; or if several stacks know the name
     */
    Listed find(String idOrName, @Nullable String stack) {
        return view.byId(idOrName)
                .filter(listed -> inStack(stack).test(listed.point()))
                .or(() -> named(idOrName, stack))
                .orElseThrow(() -> unknown(idOrName, stack));
    }

    /**
     * As {@link #find}, and for {@code latest} the backup with the newest snapshots.
     *
     * @param components whose these are; empty for all that the plan has, or of a stack that it has not, all there are
     */
    Listed find(String idOrNameOrLatest, @Nullable String stack, List<String> components) {
        if (!idOrNameOrLatest.equals(Checks.LATEST)) {
            return find(idOrNameOrLatest, stack);
        }
        var known = restorable();
        known.putAll(planned());
        Choice choice = choice(stack, components);
        SortedSet<String> all = known.getOrDefault(choice.stack(), Collections.emptySortedSet());
        return LatestBackup.of(
                        choice.stack(),
                        choice.components().isEmpty() ? all : choice.components(),
                        view.newest(inStack(choice.stack()), Integer.MAX_VALUE))
                .orElseThrow(() -> unknown(Checks.LATEST, choice.stack()));
    }

    /** As {@link #find}, for the id of a backup or snapshot of a single component too. */
    Optional<Listed> holding(String backupOrSnapshot, @Nullable String stack) {
        return view.holding(backupOrSnapshot).filter(listed -> inStack(stack).test(listed.point()));
    }

    boolean isPoint(String idOrName, @Nullable String stack) {
        return view.byId(idOrName)
                        .filter(listed -> inStack(stack).test(listed.point()))
                        .isPresent()
                || named(idOrName, stack).isPresent();
    }

    private Optional<Listed> named(String name, @Nullable String stack) {
        List<Listed> named = view.newest(inStack(stack).and(point -> name.equals(point.name())), Integer.MAX_VALUE);
        var stacks = new TreeSet<String>();
        named.forEach(listed -> stacks.add(listed.point().stack()));
        if (stacks.size() > 1) {
            throw Choice.whichStack("Each of the stacks %s has a backup named '%s'.".formatted(stacks, name));
        }
        return named.stream()
                .filter(listed -> !listed.point().taken().isEmpty())
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /** @throws ConsoleProblem if the name of a backup to come is an id already, so that it would stand for either */
    void requireNoId(@Nullable String name) {
        if (name != null && view.isId(name)) {
            throw Checks.invalid(
                    "The name '%s' is the id of a backup or snapshot, or the beginning of one. Choose another."
                            .formatted(name));
        }
    }

    static Predicate<RecoveryPoint> inStack(@Nullable String stack) {
        return point -> stack == null || stack.equals(point.stack());
    }

    ConsoleProblem unknown(String idOrName, @Nullable String stack) {
        List<String> newest = view.newest(inStack(stack), SHOWN).stream()
                .map(listed -> listed.point().name() == null
                        ? listed.point().id().value()
                        : "%s (%s)"
                                .formatted(listed.point().id(), listed.point().name()))
                .toList();
        String there = newest.isEmpty() ? "No backup is known yet." : "The newest are %s.".formatted(newest);
        return new ConsoleProblem(
                HttpStatus.NOT_FOUND,
                Code.UNKNOWN_BACKUP,
                "No backup%s has the id or name '%s'. %s Nothing was changed. 'holdfast backups', or GET /api/backups, lists all; what is older than the list can be read with 'holdfast vault snapshots' and 'holdfast vault restore'.%s"
                        .formatted(
                                stack == null ? "" : " of the stack '%s'".formatted(stack),
                                idOrName,
                                there,
                                inRegions(stack)));
    }

    /** The way to what only a region knows; empty where there is none. */
    private String inRegions(@Nullable String stack) {
        SortedSet<String> regions = stack == null ? plan.regions() : plan.regions(stack);
        return regions.isEmpty()
                ? ""
                : " A region may hold it: restore with --from-region %s ('from_region' over REST)."
                        .formatted(String.join(", or --from-region ", regions));
    }
}
