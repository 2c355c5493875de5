package io.holdfast.plan;

import static io.holdfast.plan.Plans.problems;
import static io.holdfast.plan.Plans.valid;
import static io.holdfast.plan.Plans.withComponent;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestApiReaderTest {

    /** Stands for what every description needs. */
    private static final String NEEDED =
            "create: {path: /backups, id: /id}, download: {path: '/backups/{id}', file-name: a.tar}";

    private static Source.BackupApi source(String keys) {
        Plan plan = valid(PlanReader.read(withComponent("backup-api: {url: 'http://h:1'" + keys + "}"), "plan.yaml"));
        return (Source.BackupApi)
                plan.stacks().getFirst().components().getFirst().source();
    }

    private static List<PlanProblem> wrong(String keys) {
        return problems(withComponent("backup-api: {url: 'http://h:1'" + keys + "}"));
    }

    @Test
    void meansVectorizerWhereThePlanSaysNothing() {
        Source.BackupApi source = source("");

        assertThat(source.api()).isEqualTo(RestApi.named("vectorizer"));
        assertThat(source.api().perCollection()).isFalse();
        assertThat(source.api().create().call().body()).hasToString("""
                {"name":"{name}","collections":"{collections}"}""");
        assertThat(source.maxSize()).isEqualTo(100L << 30);
    }

    @Test
    void knowsQdrantByName() {
        RestApi qdrant = source(", api: qdrant").api();

        assertThat(qdrant.perCollection()).isTrue();
        assertThat(qdrant.tokenHeader()).isEqualTo("api-key");
        assertThat(qdrant.create().sha256()).isEqualTo("/result/checksum");
        assertThat(qdrant.restore()).isNull();
    }

    @Test
    void readsAnApiOfItsOwn() {
        Source.BackupApi source = source(", max-size: 1GiB, api: {" + NEEDED + """
                , redirects: ['https://store.example.org'],
                ready: {method: POST, path: /state, body: {of: '{id}', deep: [1, true, 1.5, null]},
                  status: /state, done: [ready, 2], failed: [broken]}}""");

        assertThat(source.maxSize()).isEqualTo(1 << 30);
        assertThat(source.api().redirects()).containsExactly(URI.create("https://store.example.org"));
        assertThat(source.api().ready()).isNotNull().satisfies(ready -> {
            assertThat(ready.call().method()).isEqualTo("POST");
            assertThat(ready.call().body()).hasToString("""
                    {"of":"{id}","deep":[1,true,1.5,null]}""");
            assertThat(ready.call().outcome())
                    .isEqualTo(new RestApi.Outcome("/state", List.of("ready", "2"), List.of("broken")));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , api: weaviate                                               | HF-P09 | vectorizer, qdrant
            , api: []                                                     | HF-P08 | token-header
            , api: {}                                                     | HF-P07,HF-P07 | create
            , api: {creat: 1, %s}                                         | HF-P06 | create
            , api: {create: {path: /b}, download: {path: /b}}             | HF-P07 | id
            , api: {create: {path: b, id: /id}, download: {path: /b}}     | HF-P09 | slash
            , api: {create: {path: '/b c', id: /id}, download: {path: /b}} | HF-P09 | slash
            , api: {create: {path: '/b{', id: /id}, download: {path: /b}} | HF-P09 | brace
            , api: {create: {path: '/b#c', id: /id}, download: {path: /b}} | HF-P09 | slash
            , api: {create: {path: /b, id: id}, download: {path: /b}}     | HF-P09 | pointer
            , api: {create: {path: /b, id: /a~2}, download: {path: /b}}   | HF-P09 | pointer
            , api: {create: {path: /b, id: /id, method: FETCH}, download: {path: /b}} | HF-P09 | POST
            , api: {create: {path: '/{id}', id: /id}, download: {path: /b}} | HF-P14 | {id}
            , api: {create: {path: '/{collections}', id: /id}, download: {path: /b}} | HF-P20 | body
            , api: {create: {path: /b, id: /id, body: {c: 'x {collections}'}}, download: {path: /b}} | HF-P20 | nothing else
            , api: {create: {path: /b, id: /id, body: {name: {name}}}, download: {path: /b}} | HF-P08 | quotes
            , api: {create: {path: /b, id: /id, body: {name: '{nme}'}}, download: {path: /b}} | HF-P14 | name
            , api: {create: {path: /b, id: /id, body: {name: '{'}}, download: {path: /b}} | HF-P09 | brace
            , api: {create: {path: /b, id: /id, status: /s}, download: {path: /b}} | HF-P07 | done
            , api: {create: {path: /b, id: /id, done: [ok]}, download: {path: /b}} | HF-P07 | status
            , api: {create: {path: /b, id: /id}, download: {path: '/{collection}'}} | HF-P14 | {collection}
            , api: {create: {path: /b, id: /id}, download: {path: /b, file-name: a/b}} | HF-P09 | slashes
            , api: {create: {path: /b, id: /id}, download: {path: /b, file-name: '{collections}'}} | HF-P20 | name
            , collections: [a], api: {create: {path: '/{collection}', id: /id}, download: {path: /b}} | HF-P20 | file-name
            , api: {create: {path: '/{collection}', id: /id}, download: {path: /b, file-name: '{collection}'}} | HF-P07 | collections
            , api: {token-header: Host, %s}                               | HF-P09 | HTTP itself
            , api: {token-header: 'a b', %s}                              | HF-P09 | header
            , api: {redirects: ['file:///etc'], %s}                       | HF-P09 | http
            , api: {ready: {path: /b}, %s}                                | HF-P07 | status
            , api: {ready: {path: /b, items: /a}, %s}                     | HF-P20 | id
            , api: {restore: {path: /b}, %s}                              | HF-P07 | upload
            , api: {upload: {path: /b, body: {}}, %s}                     | HF-P20 | body
            , api: {upload: {path: /b}, restore: {path: '/b/{id}'}, %s}   | HF-P14 | id: /id
            , max-size: 0B                                                | HF-P09 | size
            """)
    void refuses(String keys, String codes, String word) {
        List<PlanProblem> problems = wrong(keys.formatted(NEEDED));

        assertThat(problems).extracting(PlanProblem::code).containsExactly(codes.split(","));
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.where()).startsWith("stacks[0].components[0].backup-api");
        });
        assertThat(problems).anySatisfy(problem -> assertThat(problem.oneLine()).contains(word));
    }
}
