package io.holdfast.plan;

/**
 * Something in a plan file that must be put right.
 *
 * @param code stable, {@code HF-P01} to {@code HF-P99}
 * @param file as the operator named it
 * @param line from 1; 0 if the problem is about the file as a whole
 * @param column from 1; 0 if the problem is about the file as a whole
 * @param where the place inside the plan, such as {@code stacks[0].components[1].schedule}; empty for the whole
 * @param wrong what is wrong
 * @param remedy what would be right
 */
public record PlanProblem(String code, String file, int line, int column, String where, String wrong, String remedy) {

    /** One line for a person: {@code plan.yaml:14:9: HF-P11 stacks[0].schedule: … …}. */
    public String oneLine() {
        String position = line == 0 ? file : "%s:%d:%d".formatted(file, line, column);
        return "%s: %s %s%s. %s%s"
                .formatted(
                        position,
                        code,
                        where.isEmpty() ? "" : where + ": ",
                        wrong,
                        remedy,
                        remedy.endsWith("?") ? "" : ".");
    }

    @Override
    public String toString() {
        return oneLine();
    }
}
