package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plan a start takes. */
class StartPlanTest {

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private DataDirectory data;

    @SuppressWarnings("NullAway.Init")
    private DemoPlaces demo;

    @BeforeEach
    void aDataDirectory() throws UpProblem {
        data = DataDirectory.take(directory.resolve("data"));
        demo = DemoPlaces.of(data, new LoopbackPorts(data.of("ports")));
    }

    @AfterEach
    void leaveIt() throws IOException {
        data.close();
    }

    @Test
    void takesAStarterPlanAtFirstAndGoesOnWithItAsItsOperatorChangesIt() throws Exception {
        assertThat(start(null).plan().stacks())
                .singleElement()
                .satisfies(stack -> assertThat(stack.name()).isEqualTo("sample"));

        Files.writeString(data.of("plan.yaml"), plan("papers"));

        assertThat(stackOf(start(null))).isEqualTo("papers");
    }

    @Test
    void goesOnWithThePlanThatTheLastStartWasGiven() throws Exception {
        start(null);
        Path own = Files.writeString(directory.resolve("own.yaml"), plan("papers"));
        start(own);
        Files.writeString(own, plan("letters"));

        StartPlan next = start(null);

        assertThat(next.file()).isEqualTo(own);
        assertThat(stackOf(next)).isEqualTo("letters");
        assertThat(stackOf(start(data.of("plan.yaml")))).isEqualTo("sample");
        assertThat(stackOf(start(null))).isEqualTo("sample");
    }

    @Test
    void goesOnWithAPlanWhoseFileIsGoneAsItWasAndSaysSo() throws Exception {
        Path own = Files.writeString(directory.resolve("own.yaml"), plan("papers"));
        StartPlan before = start(own);
        Files.delete(own);

        StartPlan next = start(null);

        assertThat(next.text()).isEqualTo(before.text());
        assertThat(next.warnings()).first().asString().contains("HF-S44", own.toString());
        assertThat(data.of("plan.yaml")).doesNotExist();
        assertThatThrownBy(() -> StartPlan.of(own, data, demo)).hasMessageContaining(own.toString());
        assertThat(Files.readString(LastPlan.text(data))).isEqualTo(plan("papers"));
    }

    /** As a start does that comes through. */
    private StartPlan start(@Nullable Path named) throws IOException, UpProblem {
        StartPlan plan = StartPlan.of(named, data, demo);
        LastPlan.remember(plan, data);
        return plan;
    }

    private static String stackOf(StartPlan plan) {
        return plan.plan().stacks().getFirst().name();
    }

    /** Its paths are relative to its file. */
    private static String plan(String stack) {
        return """
                version: 1
                vaults: {directory: vaults, password: "env:PASSWORD"}
                stacks:
                  - name: %s
                    class: critical
                    components:
                      - {name: documents, files: {paths: [documents]}}
                """.formatted(stack);
    }
}
