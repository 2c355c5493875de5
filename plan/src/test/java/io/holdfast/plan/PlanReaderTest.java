package io.holdfast.plan;

import static io.holdfast.plan.Plans.problems;
import static io.holdfast.plan.Plans.valid;
import static io.holdfast.plan.Plans.withComponent;
import static io.holdfast.plan.Plans.withTop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final String FILES = "files: {paths: [/data]}";

    @TempDir
    private Path directory;

    @Test
    void reportsEveryProblemAtOnceInTheOrderOfTheFile() {
        List<PlanProblem> problems = problems("""
                version: 2
                vaults:
                  directory: /vaults
                  password: hunter2
                regions:
                  - name: East
                    location: gs:bucket
                stacks:
                  - name: shop
                    components:
                      - name: documents
                        clas: critical
                        schedule: "0 2 * *"
                        keep: {within: 30 days}
                        files: {paths: []}
                """);
        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.line() + " " + problem.where())
                .containsExactly(
                        "HF-P17 1 version",
                        "HF-P13 4 vaults.password",
                        "HF-P18 6 regions[0].name",
                        "HF-P09 7 regions[0].location",
                        "HF-P06 12 stacks[0].components[0].clas",
                        "HF-P11 13 stacks[0].components[0].schedule",
                        "HF-P09 14 stacks[0].components[0].keep.within",
                        "HF-P08 15 stacks[0].components[0].files.paths");
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysOnOneLineWhereWhatAndWhatWouldBeRight() {
        assertThat(problems(withComponent("rpos: 1h, " + FILES)).getFirst().oneLine())
                .isEqualTo("plan.yaml:7:27: HF-P06 stacks[0].components[0].rpos: "
                        + "there is no key 'rpos' here. Did you mean 'rpo'?");
    }

    @Test
    void refusesAComponentNamedLikeTheManifests() {
        String plan = withComponent(FILES).replace("name: documents", "name: manifest");
        assertThat(problems(plan)).extracting(PlanProblem::code).containsExactly("HF-P18");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            site: central                                               | HF-P18
            regions: [{name: vault, location: /x}]                      | HF-P18
            time-zone: Europe/Berln                                     | HF-P12
            stack: []                                                   | HF-P06
            version: 1                                                  | HF-P05
            regions: {name: east}                                       | HF-P08
            regions: [{name: east}]                                     | HF-P07
            regions: [{name: a, location: 's3:http://h/bkt'}]           | HF-P07,HF-P07
            regions: [{name: a, location: /x, access-key: 'env:A'}]     | HF-P20
            regions: [{name: a, location: /x}, {name: a, location: /y}] | HF-P10
            regions: [{name: a, location: /x}, {name: b, location: /x}] | HF-P20
            regions: [{name: a, location: /vaults/copy}]                | HF-P20
            regions: [{name: a, location: copy}]                        | HF-P09
            regions: [{name: a, location: 's3:https://u:p@h/bkt'}]        | HF-P09
            classes: {mine: {schedul: '@daily'}}                        | HF-P06
            classes: {Mine: {schedule: '@daily'}}                       | HF-P18
            classes: [critical]                                         | HF-P08
            contacts: [{name: A, email: a}]                             | HF-P09
            contacts: [{name: A, email: a@b}, {name: A, email: c@d}]    | HF-P10
            escalation: [{level: 1, timeout: 30m, contacts: [Bob]}]     | HF-P14
            escalation: [{level: 1, timeout: 30m, contacts: [all_contacts]}] | HF-P14
            escalation: [{level: 2, timeout: 30m, contacts: [a@b]}]     | HF-P20
            escalation: [{level: 1, timeout: 0m, contacts: [a@b]}]      | HF-P09
            mail: {host: h, from: 'a@b', port: 99999}                   | HF-P09
            mail: {host: h, from: a}                                    | HF-P09
            mail: {host: h, from: 'a@b', user: u}                       | HF-P20
            mail: {host: h, from: 'a@b', starttls: yes}                 | HF-P08
            mail:                                                       | HF-P08
            """)
    void refusesAtTheTop(String line, String code) {
        assertThat(problems(withTop(line))).extracting(PlanProblem::code).containsExactly(code.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keep: {last: 3}                                    | HF-P19
            files: {paths: [/data]}, command: {run: [a], file-name: b} | HF-P19
            files: {paths: [/]}                                | HF-P16
            files: {paths: [/vaults/shop]}                     | HF-P16
            files: {paths: [data]}                             | HF-P09
            files: {paths: [~/data]}                           | HF-P09
            files: {paths: /data}                              | HF-P08
            files: {paths: [/data], quiesce: stop}             | HF-P20
            files: {paths: [/data], quiesce: halt}             | HF-P09
            files: {paths: [/data], quiesce: {mode: stop, containers: [-x]}} | HF-P18
            files: {paths: [/data], quiesce: {containers: [web]}} | HF-P20
            files: {paths: [/data], quiesce: {before: fsfreeze}} | HF-P08
            files: {paths: [/data], quiesce: {on-error: ignore}} | HF-P09
            files: {paths: [/data]}, class: critcal            | HF-P14
            files: {paths: [/data]}, regions: [east]           | HF-P14
            files: {paths: [/data]}, rpo: 23h                  | HF-P15
            files: {paths: [/data]}, rpo: one day              | HF-P09
            files: {paths: [/data]}, keep: {}                  | HF-P20
            files: {paths: [/data]}, keep: {last: -1}          | HF-P09
            files: {paths: [/data]}, size-deviation: 20        | HF-P09
            files: {paths: [/data]}, size-deviation: {floor: 10 Mib} | HF-P09
            files: {paths: [/data]}, schedule: '0 0 2 * * *'   | HF-P11
            files: {paths: [/data]}, schedule: '@reboot'       | HF-P11
            files: {paths: [/data]}, schedule: '@dayly'        | HF-P11
            files: {paths: [/data]}, schedule: '0 25 * * *'    | HF-P11
            files: {paths: [/data]}, schedule: '0 2 31 2 *'    | HF-P11
            files: {paths: [/data]}, schedule: {kind: full}    | HF-P07
            files: {paths: [/data]}, schedule: {cron: '@hourly', kind: ful} | HF-P09
            files: {paths: [/data]}, schedule: {cron: '@hourly', jitter: 1h} | HF-P20
            files: {paths: [/data]}, schedule: []              | HF-P08
            docker-volume: {volume: a/b}                       | HF-P18
            docker-volume: {volume: 'label:a=b'}               | HF-P18
            docker-volume: {volume: v, at-least: 1}            | HF-P09
            redis: {volume: v, at-least: 1MiB}                 | HF-P06
            container-path: {container: 'label:a', path: /data} | HF-P18
            container-path: {container: 'compose:shop', path: /data} | HF-P18
            container-path: {container: app, path: data}       | HF-P09
            container-path: {container: app, path: /}          | HF-P09
            container-path: {container: app, path: /data/}     | HF-P09
            container-path: {container: app, path: /data/../etc} | HF-P09
            chromadb: {url: 'http://h:1'}                      | HF-P07
            chromadb: {url: 'ftp://h:1', volume: v}            | HF-P09
            chromadb: {url: 'http://h:1', volume: v, directory: /d} | HF-P20
            chromadb: {url: 'http://h:1', volume: v, token: s3cret} | HF-P13
            chromadb: {url: 'http://h:1', volume: v, token: 'env:T', token-header: Host} | HF-P09
            redis: {container-path: /data}                     | HF-P07
            redis: {volume: v, password: hunter2}              | HF-P13
            postgresql: {database: d}                          | HF-P07
            postgresql: {user: u}                              | HF-P07
            postgresql: {user: u, database: d, databases: all} | HF-P20
            postgresql: {user: u, databases: [d, d]}           | HF-P10
            postgresql: {user: u, databases: []}               | HF-P08
            postgresql: {user: u, databases: d}                | HF-P09
            postgresql: {user: u, databases: [template1, d]}   | HF-P18
            postgresql: {user: u, database: template0}         | HF-P18
            postgresql: {user: u, databases: all, extensions: [vector]} | HF-P20
            postgresql: {user: u, database: d, jobs: 0}        | HF-P09
            postgresql: {user: u, database: d, format: tar}    | HF-P09
            postgresql: {user: u, database: d, format: plain, jobs: 2} | HF-P20
            configuration: {}                                  | HF-P07
            command: {run: mysqldump, file-name: dump.sql}     | HF-P08
            command: {run: [mysqldump], file-name: a/b}        | HF-P09
            command: {run: [a], file-name: b, environment: {A: hunter2}} | HF-P13
            """)
    void refusesInAComponent(String keys, String codes) {
        List<PlanProblem> problems = problems(withComponent(keys));
        assertThat(problems).extracting(PlanProblem::code).containsExactlyInAnyOrder(codes.split(","));
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.where()).startsWith("stacks[0].components[0]");
            assertThat(problem.oneLine()).doesNotContain("hunter2");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            schedule: @daily   | quotes
            schedule: */5 * *  | quotes
            site: a: b         | quotes
            site: [a           | brackets
            """)
    void saysHowToMendWhatIsNotYaml(String line, String remedy) {
        assertThat(problems("version: 1\n" + line + "\n")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("HF-P03");
            assertThat(problem.line()).isBetween(2, 3);
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database: kb               | kb
            databases: [kb, audit]     | kb,audit
            databases: [all]           | all
            databases: all             |
            """)
    void readsWhichDatabasesAreMeant(String key, @Nullable String names) {
        Plan plan = valid(PlanReader.read(withComponent("postgresql: {user: admin, %s}".formatted(key)), "plan.yaml"));
        assertThat(plan.stacks().getFirst().components().getFirst().source())
                .isInstanceOfSatisfying(Source.PostgreSql.class, source -> {
                    assertThat(source.databases()).isEqualTo(names == null ? List.of() : List.of(names.split(",")));
                    assertThat(source.jobs()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker-volume: {volume: v, at-least: 0B}                           | 0
            docker-volume: {volume: v}                                         |
            container-path: {container: c, path: /p, at-least: 3kB}            | 3000
            files: {paths: [/p], at-least: 2GiB}                               | 2147483648
            chromadb: {url: 'http://h:1', volume: v, at-least: 1MiB}           | 1048576
            """)
    void readsHowLittleIsWorthABackup(String source, @Nullable Long bytes) {
        Plan plan = valid(PlanReader.read(withComponent(source), "plan.yaml"));
        assertThat(plan.stacks().getFirst().components().getFirst().source().atLeast())
                .isEqualTo(bytes);
    }

    @Test
    void refusesTabs() {
        assertThat(problems("version: 1\nvaults:\n\tdirectory: /vaults\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.remedy()).contains("spaces");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "version: 1\n---\nversion: 1\n"})
    void refusesOtherThanOneDocument(String text) {
        assertThat(problems(text)).extracting(PlanProblem::code).containsExactly("HF-P03");
    }

    @Test
    void refusesAListAsAPlan() {
        assertThat(problems("- version: 1\n")).extracting(PlanProblem::code).containsExactly("HF-P08");
    }

    @Test
    void refusesAliasesThatMakeASmallFileLarge() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, String.join(", ", Collections.nCopies(10, "*a" + (level - 1)))));
        }
        assertThat(problems(bomb.toString())).extracting(PlanProblem::code).containsExactly("HF-P04");
    }

    @Test
    void refusesAliasesThatNeverEnd() {
        assertThat(problems("a: &a [*a]\n")).extracting(PlanProblem::code).containsExactly("HF-P04");
    }

    @Test
    void refusesADeepFile() {
        assertThat(problems("[".repeat(100_000))).extracting(PlanProblem::code).containsExactly("HF-P04");
    }

    @Test
    void readsAliases() {
        Plan plan = valid(PlanReader.read("""
                version: 1
                vaults: {directory: /vaults, password: env:PASSWORD}
                classes:
                  one: &one {schedule: "@daily", keep: {last: 3}}
                  two: *one
                stacks:
                  - {name: shop, class: two, components: [{name: documents, files: {paths: [/data]}}]}
                """, "plan.yaml"));
        assertThat(plan.stacks().getFirst().components().getFirst().keep()).isEqualTo(Retention.last(3));
    }

    @Test
    void resolvesRelativePathsAgainstTheDirectoryOfThePlan() throws IOException {
        Path file = directory.resolve("plan.yaml");
        Files.writeString(file, """
                version: 1
                vaults: {directory: ./data/vaults, password: file:secrets/password}
                regions: [{name: second-disk, location: ../copy}]
                stacks: [{name: shop, class: critical, components: [{name: documents, files: {paths: [docs]}}]}]
                """);
        Plan plan = valid(PlanReader.read(file));
        assertThat(plan.vaults().directory()).isEqualTo(directory.resolve("data/vaults"));
        assertThat(plan.vaults().of("shop")).isEqualTo(directory.resolve("data/vaults/shop"));
        assertThat(plan.vaults().password().wire()).isEqualTo("file:" + directory.resolve("secrets/password"));
        assertThat(plan.region("second-disk").orElseThrow().location().wire())
                .isEqualTo(directory.resolveSibling("copy").toString());
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe4});
        Path large = Files.write(directory.resolve("large.yaml"), new byte[PlanReader.MAX_BYTES + 1]);
        assertThat(List.of(
                        PlanReader.read(directory.resolve("none.yaml")),
                        PlanReader.read(directory),
                        PlanReader.read(latin),
                        PlanReader.read(large)))
                .extracting(reading ->
                        ((PlanReading.Invalid) reading).problems().getFirst().code())
                .containsExactly("HF-P01", "HF-P01", "HF-P01", "HF-P02");
    }

    @Test
    void letsTheNearestSayWin() {
        Plan plan = valid(PlanReader.read("""
                version: 1
                time-zone: Europe/Berlin
                vaults: {directory: /vaults, password: env:PASSWORD}
                regions:
                  - {name: a, location: /a}
                  - {name: b, location: /b}
                classes:
                  mine: {schedule: "0 1 * * *", keep: {last: 1}, regions: [b], rto: 1h}
                stacks:
                  - name: shop
                    class: mine
                    keep: {last: 2}
                    rto: 2h
                    components:
                      - {name: one, files: {paths: [/data]}}
                      - {name: two, class: important, files: {paths: [/data]}, rto: 3h, regions: [a]}
                      - {name: three, schedule: {cron: "@weekly", kind: full, jitter: 5m}, files: {paths: [/data]}}
                  - name: other
                    time-zone: UTC
                    class: recoverable
                    components: [{name: one, files: {paths: [/data]}}]
                """, "plan.yaml"));
        Stack shop = plan.stack("shop").orElseThrow();
        Component one = shop.component("one").orElseThrow();
        assertThat(one.keep()).isEqualTo(Retention.last(2));
        assertThat(one.objectives().rto()).isEqualTo(Duration.ofHours(2));
        assertThat(one.regions()).containsExactly("b");
        assertThat(one.dataClass()).isEqualTo("mine");
        assertThat(one.timetable().schedules().getFirst().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        Component two = shop.component("two").orElseThrow();
        assertThat(two.keep()).isEqualTo(Retention.within(Duration.ofDays(84)));
        assertThat(two.timetable().schedules().getFirst().expression()).isEqualTo("0 3 * * 0");
        assertThat(two.objectives().rto()).isEqualTo(Duration.ofHours(3));
        assertThat(two.regions()).containsExactly("a");
        Component three = shop.component("three").orElseThrow();
        assertThat(three.timetable().schedules())
                .containsExactly(Schedule.of("@weekly", "Europe/Berlin", RunKind.FULL, Duration.ofMinutes(5)));
        Component other =
                plan.stack("other").flatMap(stack -> stack.component("one")).orElseThrow();
        assertThat(other.regions()).containsExactly("a", "b");
        assertThat(other.timetable().schedules().getFirst().zone()).isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void refusesComponentsThatAreNeverDueTogether() {
        assertThat(problems("""
                        version: 1
                        vaults: {directory: /vaults, password: env:PASSWORD}
                        stacks:
                          - name: shop
                            class: critical
                            consistency: together
                            components:
                              - {name: one, files: {paths: [/data]}}
                              - {name: two, class: important, files: {paths: [/data]}}
                              - {name: two, files: {paths: [/data]}}
                        """))
                .extracting(problem -> problem.code() + " " + problem.line())
                .containsExactly("HF-P20 6", "HF-P10 10");
    }

    @Test
    void refusesToLetAContainerRestThatMustRunForWhatIsCapturedWithIt() {
        String stack = """
                version: 1
                vaults: {directory: /vaults, password: env:VAULT}
                stacks:
                  - name: shop
                    class: critical
                    consistency: together
                    components:
                      - {name: database, postgresql: {container: db, database: kb, user: kb}}
                      - {name: report, command: {container: app, run: [report], file-name: report.txt}}
                      - {name: files, files: {paths: [/data], quiesce: {mode: %s, containers: [web, db, app]}}}
                """;
        assertThat(problems(stack.formatted("pause")))
                .allMatch(problem -> problem.code().equals("HF-P20") && problem.line() == 6)
                .extracting(PlanProblem::wrong)
                .containsExactly(
                        "container 'db' is to rest for component 'files', and 'database' can only be captured while it runs",
                        "container 'app' is to rest for component 'files', and 'report' can only be captured while it runs");
        valid(PlanReader.read(stack.formatted("none"), "plan.yaml"));
        valid(PlanReader.read(stack.formatted("stop").replace("together", "separate"), "plan.yaml"));
    }

    @Test
    void letsAVaultLieInACapturedDirectoryThatExcludesIt() {
        valid(PlanReader.read(withComponent("files: {paths: [/], exclude: [/vaults]}"), "plan.yaml"));
    }

    @Test
    void warnsOfASingleCopyAndOfSilence() {
        PlanReading reading = PlanReader.read(withTop(""), "plan.yaml");
        assertThat(((PlanReading.Valid) reading).warnings())
                .extracting(PlanProblem::code)
                .containsExactly("HF-P32", "HF-P31");
    }

    @Test
    void doesNotBlameAComponentForWhatIsWrongWithItsClass() {
        assertThat(problems("""
                        version: 1
                        vaults: {directory: /vaults, password: env:PASSWORD}
                        stacks:
                          - {name: shop, class: critcal, components: [{name: documents, files: {paths: [/data]}}]}
                        """)).extracting(PlanProblem::remedy).containsExactly("Did you mean 'critical'?");
    }
}
