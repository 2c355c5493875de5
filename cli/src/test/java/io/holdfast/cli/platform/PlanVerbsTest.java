package io.holdfast.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PlanVerbsTest {

    private static final String GOOD = """
            version: 1
            vaults:
              directory: /srv/vaults
              password: file:/etc/holdfast/password
            regions:
              - name: east
                location: s3:https://s3.example/bucket
                access-key: env:EAST_KEY
                secret-key: file:/etc/holdfast/east
            stacks:
              - name: rag
                components:
                  - name: papers
                    class: critical
                    files:
                      paths: [/srv/papers]
            """;

    @TempDir
    Path temp;

    private final TestCli cli = new TestCli();
    private FakeConsole console;

    @BeforeEach
    void start() throws IOException {
        console = new FakeConsole();
        cli.with("HOLDFAST_DATA", console.describeIn(temp.resolve("data")).toString());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private Path plan(String text) throws IOException {
        return Files.writeString(temp.resolve("plan.yaml"), text);
    }

    private void inForce(String text) {
        console.answer("GET /api/plan", 200, Json.line(new InForce(3, 2, "local", text)));
    }

    private record InForce(long revision, long replaces, String publishedBy, String text) {}

    @Test
    void saysThatAGoodPlanIsValidAndWhatItHolds() throws IOException {
        Path file = plan(GOOD);
        Outcome checked = cli.run("plan", "check", file.toString());
        assertThat(checked.code()).isZero();
        assertThat(checked.out()).isEqualTo(file + " is valid: 1 stack, 1 component, 1 region\n");
        assertThat(checked.err()).contains("warning: ");
        assertThat(cli.run("plan", "check", file.toString(), "--json")
                        .json()
                        .path("valid")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void reportsEveryProblemOfABrokenPlanAtOnce() throws IOException {
        Path file = plan(GOOD.replace("critical", "crucial").replace("file:/etc/holdfast/password", "hunter2"));
        Outcome checked = cli.run("plan", "check", file.toString());
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.err())
                .contains(file + ":4:", "HF-P13", "HF-P14", "2 problems. Nothing was changed.")
                .doesNotContain("hunter2");
        assertThat(checked.out()).isEmpty();
        JsonNode json = cli.run("plan", "check", file.toString(), "--json").json();
        assertThat(json.path("valid").booleanValue()).isFalse();
        assertThat(json.path("problems").get(0).path("line").intValue()).isEqualTo(4);
        assertThat(cli.run("plan", "check", temp.resolve("none.yaml").toString())
                        .err())
                .contains("HF-P01");
    }

    @Test
    void publishesInThePlaceOfTheRevisionInForce() throws IOException {
        Path file = plan(GOOD);
        inForce("older");
        console.answer(
                "PUT /api/plan",
                200,
                "{'revision':4,'changed':true,'warnings':[],'consequences':['wiki/config is protected no longer.']}");
        Outcome published = cli.run("plan", "publish", file.toString());
        assertThat(published.code()).isZero();
        assertThat(published.err()).contains("note: wiki/config is protected no longer.");
        assertThat(published.out()).isEqualTo("Published as revision 4, in the place of revision 3.\n");
        FakeConsole.Asked put = console.asked.getLast();
        assertThat(put.ifMatch()).isEqualTo("\"3\"");
        assertThat(put.type()).isEqualTo("application/yaml");
        assertThat(put.body()).isEqualTo(GOOD);
        assertThat(put.path()).startsWith("/api/plan?file=%2F").endsWith("plan.yaml");
    }

    @Test
    void publishesTheFirstPlanWithoutAnythingToReplace() throws IOException {
        console.refuse("GET /api/plan", 404, "HF-C24", "No plan is published.")
                .answer("PUT /api/plan", 200, "{'revision':1,'changed':true,'warnings':[]}");
        assertThat(cli.run("plan", "publish", plan(GOOD).toString()).out()).isEqualTo("Published as revision 1.\n");
        assertThat(console.asked.getLast().ifMatch()).isNull();
    }

    @Test
    void publishesNothingThatIsBrokenOrStale() throws IOException {
        assertThat(cli.run("plan", "publish", plan("version: 1\n").toString()).code())
                .isEqualTo(1);
        assertThat(console.asked).isEmpty();
        console.refuse("PUT /api/plan", 412, "HF-C23", "Somebody published in between.");
        Outcome stale = cli.run("plan", "publish", plan(GOOD).toString(), "--replaces", "2");
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err()).startsWith("HF-C23 ");
        assertThat(console.asked.getLast().ifMatch()).isEqualTo("\"2\"");
    }

    @Test
    void showsThePlanInForceSoThatItsTextAloneCanBeKept() {
        inForce(GOOD);

        Outcome shown = cli.run("plan", "show");

        assertThat(shown.out()).isEqualTo(GOOD);
        assertThat(shown.err()).isEqualTo("Revision 3, published by local.\n");
        assertThat(cli.run("plan", "show", "--json").json().path("revision").intValue())
                .isEqualTo(3);
    }

    @Test
    void printsTheSheetOfAllThatThePlanProtects() {
        inForce(GOOD);
        assertThat(cli.run("recovery-sheet").out())
                .contains(
                        "rag at site local",
                        "/srv/vaults/rag",
                        "rag in region east",
                        "s3:https://s3.example/bucket/rag",
                        "env:EAST_KEY, file:/etc/holdfast/east",
                        "in the file /etc/holdfast/password",
                        "export RESTIC_PASSWORD_FILE=/etc/holdfast/password");
        assertThat(cli.run("recovery-sheet", "--json").json().path("places")).hasSize(2);
    }
}
