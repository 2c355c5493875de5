package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Plans for tests. */
final class Plans {

    private Plans() {}

    static Plan valid(PlanReading reading) {
        return switch (reading) {
            case PlanReading.Valid(Plan plan, String _, List<PlanProblem> _) -> plan;
            case PlanReading.Invalid(List<PlanProblem> problems) -> throw new AssertionError(problems);
        };
    }

    static List<PlanProblem> problems(String text) {
        PlanReading reading = PlanReader.read(text, "plan.yaml");
        assertThat(reading).as(text).isInstanceOf(PlanReading.Invalid.class);
        return ((PlanReading.Invalid) reading).problems();
    }

    /** A plan with one component, into which lines are put at the level of the document. */
    static String withTop(String lines) {
        return """
                version: 1
                vaults: {directory: /vaults, password: env:PASSWORD}
                %s
                stacks:
                  - name: shop
                    class: critical
                    components:
                      - name: documents
                        files: {paths: [/data]}
                """.formatted(lines);
    }

    /** A plan whose only component has these keys, in flow style, from line 7 on. */
    static String withComponent(String keys) {
        return """
                version: 1
                vaults: {directory: /vaults, password: env:PASSWORD}
                stacks:
                  - name: shop
                    class: critical
                    components:
                      - {name: documents, %s}
                """.formatted(keys);
    }
}
