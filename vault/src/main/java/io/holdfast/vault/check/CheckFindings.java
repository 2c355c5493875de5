package io.holdfast.vault.check;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a check has found so far, told by any thread. */
final class CheckFindings {

    /** More than anyone reads; a lost index would otherwise fill the memory. */
    private static final int MOST = 10_000;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<PackId> damagedPacks = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private long more;

    synchronized void problem(Object on, String what) {
        if (problems.size() < MOST) {
            problems.add(new Problem(on.toString(), what));
        } else {
            more++;
        }
    }

    synchronized void damagedPack(PackId pack, Handle on, String what) {
        damagedPack(pack);
        problem(on, what);
    }

    synchronized void damagedPack(PackId pack) {
        damagedPacks.add(pack);
    }

    synchronized void note(String note) {
        if (notes.size() < MOST) {
            notes.add(note);
        }
    }

    interface Step {
        void run() throws IOException;
    }

    /** Damage is noted; anything else, as a place that does not answer, ends the check. Gives whether all went well. */
    boolean attempt(Object on, Step step) throws IOException {
        try {
            step.run();
            return true;
        } catch (DamagedException e) {
            problem(on, Problem.reason(e));
        } catch (BackendException e) {
            if (e.kind() != BackendException.Kind.NOT_FOUND && e.kind() != BackendException.Kind.DAMAGED) {
                throw e;
            }
            problem(on, Problem.reason(e));
        }
        return false;
    }

    synchronized List<Problem> problems() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::path).thenComparing(Problem::what));
        if (more > 0) {
            sorted.add(new Problem("more", "%d further problems are not listed".formatted(more)));
        }
        return sorted;
    }

    synchronized Set<PackId> damagedPacks() {
        return Set.copyOf(damagedPacks);
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }
}
