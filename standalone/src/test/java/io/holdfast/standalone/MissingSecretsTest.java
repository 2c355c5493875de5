package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingSecretsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private Plan plan() {
        return ((PlanReading.Valid) PlanReader.read("""
                version: 1
                vaults: {directory: /vaults, password: "file:%s"}
                regions:
                  - {name: east, location: "s3:https://s3.example.org/backups", access-key: env:KEY, secret-key: env:SECRET}
                stacks:
                  - name: papers
                    class: critical
                    components:
                      - {name: documents, files: {paths: [/srv/papers]}}
                """.formatted(directory.resolve("password")), "plan.yaml")).plan();
    }

    @Test
    void namesEachThatCannotBeRead() {
        assertThat(MissingSecrets.of(plan(), Map.of("KEY", "k")::get))
                .satisfiesExactly(
                        password -> assertThat(password).startsWith("HF-P42").contains("password", "does not exist"),
                        secret -> assertThat(secret).startsWith("HF-P41").contains("SECRET is not set"));
    }

    @Test
    void saysNothingWhenAllAreThere() throws Exception {
        Files.writeString(directory.resolve("password"), "correct horse");
        assertThat(MissingSecrets.of(plan(), Map.of("KEY", "k", "SECRET", "s")::get))
                .isEqualTo(List.of());
    }
}
