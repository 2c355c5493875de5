package io.holdfast.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one plan file, so that it is all reported at once. */
final class Problems {

    private static final Comparator<PlanProblem> IN_ORDER_OF_THE_FILE =
            Comparator.comparingInt(PlanProblem::line).thenComparingInt(PlanProblem::column);

    private final String file;
    private final List<PlanProblem> found = new ArrayList<>();
    private final List<PlanProblem> warnings = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Code code, Located at, String wrong, String remedy) {
        found.add(problem(code, at.line(), at.column(), at.where(), wrong, remedy));
    }

    /** A problem at a line and column from 1; 0 for the file as a whole. */
    void add(Code code, int line, int column, String wrong, String remedy) {
        found.add(problem(code, line, column, "", wrong, remedy));
    }

    void warn(Code code, Located at, String wrong, String remedy) {
        warnings.add(problem(code, at.line(), at.column(), at.where(), wrong, remedy));
    }

    /** How many were found so far, to tell whether something that was read since is wrong. */
    int size() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<PlanProblem> found() {
        return found.stream().distinct().sorted(IN_ORDER_OF_THE_FILE).toList();
    }

    List<PlanProblem> warnings() {
        return warnings.stream().sorted(IN_ORDER_OF_THE_FILE).toList();
    }

    private PlanProblem problem(Code code, int line, int column, String where, String wrong, String remedy) {
        return new PlanProblem(code.toString(), file, line, column, where, wrong, remedy);
    }
}
