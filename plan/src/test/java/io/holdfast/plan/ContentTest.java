package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ContentTest {

    @ParameterizedTest
    @MethodSource("io.holdfast.plan.SourceJsonTest#sources")
    void aSourceCapturesWhatItDidWhenItWasWrittenDown(Source source) {
        var json = JsonMapper.shared().readTree(source.toJson().toString());

        assertThat(source.capturesSameAs(Source.fromJson(json))).isTrue();
        assertThat(SourceJsonTest.sources().filter(source::capturesSameAs)).containsExactly(source);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            files: {paths: [/a, /b]}                                                   | files: {paths: [/b, /a/]}
            files: {paths: [/a]}                                                       | files: {paths: [/a], at-least: 1MiB, quiesce: {mode: stop, containers: [app]}}
            docker-volume: {volume: v}                                                 | docker-volume: {volume: v, at-least: 0B, quiesce: {before: [sync], limit: 5m}}
            redis: {volume: v, container: c}                                           | redis: {volume: v, container: d, user: u, password: "env:P", port: 6380, limit: 1m}
            chromadb: {url: "http://127.0.0.1:1", volume: v}                           | chromadb: {url: "http://127.0.0.1:2", volume: v, token: "env:T", token-header: X-T, ready-within: 1m}
            postgresql: {databases: [a, b], user: u}                                   | postgresql: {databases: [b, a], user: w, password: "env:P", format: plain, migrate: [m]}
            backup-api: {url: "http://h", collections: [a, b]}                         | backup-api: {url: "http://h", collections: [b, a], token: "env:T", limit: 1h, max-size: 1GiB}
            configuration: {units: [a.service, b.service]}                             | configuration: {units: [b.service, a.service], quiesce: {units: [c.service]}}
            command: {run: [dump], file-name: f}                                       | command: {run: [dump], file-name: f, environment: {P: "env:P"}, restore: [load], limit: 2h}
            """)
    void howItIsCapturedAndPutBackIsNotWhat(String one, String other) {
        assertThat(source(one).capturesSameAs(source(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            files: {paths: [/a]}                               | files: {paths: [/a, /b]}
            files: {paths: [/a], exclude: ["*", "!x"]}         | files: {paths: [/a], exclude: ["!x", "*"]}
            files: {paths: [/a]}                               | files: {paths: [/a], include: ["*.pdf"]}
            files: {paths: [/a]}                               | configuration: {paths: [/a]}
            docker-volume: {volume: v}                         | docker-volume: {volume: w}
            container-path: {container: c, path: /p}           | container-path: {container: d, path: /p}
            redis: {container-path: /data, container: c}       | redis: {container-path: /data, container: d}
            redis: {volume: v}                                 | redis: {directory: /v}
            postgresql: {database: a, user: u}                 | postgresql: {databases: [a, b], user: u}
            postgresql: {database: a, user: u}                 | postgresql: {databases: all, user: u}
            postgresql: {database: a, user: u}                 | postgresql: {database: a, user: u, port: 5433}
            postgresql: {database: a, user: u}                 | postgresql: {database: a, user: u, globals: false}
            postgresql: {database: a, user: u}                 | postgresql: {database: a, user: u, exclude-table-data: [log]}
            backup-api: {url: "http://h"}                      | backup-api: {url: "http://h", api: qdrant}
            backup-api: {url: "http://h"}                      | backup-api: {url: "http://h", collections: [a]}
            system-information: {commands: [[uname, -a]]}      | system-information: {commands: [[uname]]}
            command: {run: [dump, a], file-name: f}            | command: {run: [dump, b], file-name: f}
            """)
    void whatIsCapturedIs(String one, String other) {
        assertThat(source(one).capturesSameAs(source(other))).isFalse();
    }

    @Test
    void aNumberThatWasReadFromThePlanIsTheOneThatWasReadFromAnEvent() {
        Source source = source("""
                backup-api: {url: "http://h", api: {create: {path: /b, id: /id, body: {level: 5, share: 0.5}}, download: {path: "/b/{id}"}}}
                """);
        var json = JsonMapper.shared().readTree(source.toJson().toString());

        assertThat(Source.fromJson(json).capturesSameAs(source)).isTrue();
    }

    private static Source source(String keys) {
        PlanReading reading = PlanReader.read(Plans.withComponent(keys.strip()), "plan.yaml");
        return Plans.valid(reading).stacks().getFirst().components().getFirst().source();
    }
}
