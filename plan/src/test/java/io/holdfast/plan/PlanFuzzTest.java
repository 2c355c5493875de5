package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever an operator's slip does to a plan, it ends in a plan or in problems with lines. */
class PlanFuzzTest {

    private static final List<String> SLIPS = List.of(
            "",
            " ",
            "\n",
            "\t",
            ":",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "? ",
            "|\n",
            "---\n",
            "null",
            "~",
            "-1",
            "env:X",
            "%",
            "@",
            "\u0000",
            "\ufeff",
            "é",
            "[[",
            "<<: *a\n");

    @Property(tries = 500)
    void neverEndsInAnException(
            @ForAll("plans") String plan,
            @ForAll("slips") String slip,
            @ForAll @IntRange(max = 10_000) int where,
            @ForAll @IntRange(max = 12) int removed) {
        int at = where % plan.length();
        String text = plan.substring(0, at) + slip + plan.substring(Math.min(plan.length(), at + removed));
        switch (PlanReader.read(text, "plan.yaml")) {
            case PlanReading.Valid valid -> assertThat(valid.text()).isEqualTo(text);
            case PlanReading.Invalid invalid ->
                assertThat(invalid.problems()).allSatisfy(problem -> {
                    assertThat(problem.oneLine()).startsWith("plan.yaml:").doesNotContain("\n");
                    assertThat(problem.line())
                            .isLessThanOrEqualTo((int) text.lines().count() + 1);
                });
        }
    }

    @Provide
    Arbitrary<String> slips() {
        return Arbitraries.of(SLIPS);
    }

    @Provide
    Arbitrary<String> plans() throws IOException {
        List<String> plans = new ArrayList<>();
        for (String name : List.of("arxiv", "rag", "vectorizer", "neurocore")) {
            plans.add(Files.readString(Path.of("../deploy/examples", name + ".yaml")));
        }
        return Arbitraries.of(plans);
    }
}
