package io.holdfast.plan;

import java.util.List;

/** What came of reading a plan file. */
public sealed interface PlanReading {

    /**
     * The plan can be carried out.
     *
     * @param text the file as its operator wrote it
     * @param warnings what an operator should know before publishing the plan; nothing that forbids it
     */
    record Valid(Plan plan, String text, List<PlanProblem> warnings) implements PlanReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The plan cannot be carried out.
     *
     * @param problems everything that was found, in the order of the file; never empty
     */
    record Invalid(List<PlanProblem> problems) implements PlanReading {
        public Invalid {
            problems = Names.some("problems", problems);
        }
    }
}
