package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SourceJsonTest {

    private static final Quiesce QUIESCE = new Quiesce(
            Quiesce.Mode.STOP,
            List.of("web"),
            List.of("web.service"),
            List.of("shop/deployment/web"),
            List.of("sync"),
            List.of("true"),
            "shop",
            Quiesce.OnError.CONTINUE,
            Duration.ofMinutes(5));
    private static final SecretReference SECRET = new SecretReference.Environment("PASSWORD");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Stream<Source> sources() {
        return Stream.of(
                new Source.Files(List.of(Path.of("/srv/my files")), List.of("*.pdf"), List.of("*.tmp"), null, QUIESCE),
                new Source.DockerVolume("data", List.of(), 1L << 20, QUIESCE),
                new Source.ContainerPath("web", "/data", List.of("*.log"), 0L, Quiesce.NONE),
                new Source.ChromaDb(
                        "chroma",
                        new DataLocation.InContainer("/chroma"),
                        URI.create("http://127.0.0.1:8000"),
                        SECRET,
                        "X-Chroma-Token",
                        Duration.ofMinutes(2),
                        null,
                        QUIESCE),
                new Source.Redis(
                        null,
                        "localhost",
                        6379,
                        null,
                        new SecretReference.File(Path.of("/run/secrets/redis")),
                        new DataLocation.Directory(Path.of("/var/lib/redis")),
                        Duration.ofMinutes(1),
                        Quiesce.NONE),
                new Source.PostgreSql(
                        "db",
                        "localhost",
                        5432,
                        List.of("kb"),
                        "admin",
                        SECRET,
                        true,
                        List.of("vector"),
                        List.of("logs"),
                        Source.PostgreSql.Format.CUSTOM,
                        4,
                        List.of("migrate"),
                        Quiesce.NONE),
                new Source.BackupApi(
                        URI.create("http://127.0.0.1:15002"),
                        RestApi.named("vectorizer"),
                        List.of("a"),
                        SECRET,
                        Duration.ofHours(1),
                        1 << 20,
                        Quiesce.NONE),
                new Source.BackupApi(
                        URI.create("https://qdrant.example.org"),
                        RestApi.named("qdrant"),
                        List.of(),
                        null,
                        Duration.ofHours(1),
                        1 << 20,
                        Quiesce.NONE),
                new Source.Configuration(
                        List.of(Path.of("/etc/shop")),
                        List.of(),
                        List.of("root"),
                        List.of("shop.service"),
                        List.of("shop"),
                        Quiesce.NONE),
                new Source.SystemInformation(List.of(Path.of("/")), List.of(List.of("uname", "-a")), Quiesce.NONE),
                new Source.Command(
                        List.of("mysqldump", "shop"),
                        null,
                        Map.of("MYSQL_PWD", SECRET),
                        "shop.sql",
                        List.of("mysql"),
                        Duration.ofHours(1),
                        Quiesce.NONE));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void comesBackAsItWentOut(Source source) {
        JsonNode json = MAPPER.readTree(MAPPER.writeValueAsString(source.toJson()));
        assertThat(json.path("kind").asString()).isEqualTo(source.kind());
        assertThat(Source.fromJson(json)).isEqualTo(source);
    }

    @Test
    void coversEveryKind() {
        assertThat(sources().map(Object::getClass)).hasSameElementsAs(List.of(Source.class.getPermittedSubclasses()));
        assertThat(sources().map(Source::kind)).hasSameElementsAs(SourceReader.KEYS.keySet());
    }

    @Test
    void writesPathsAndSecretsAsAnOperatorWouldReadThem() {
        assertThat(sources().map(Source::toJson).map(Object::toString).toList())
                .anySatisfy(json -> assertThat(json)
                        .startsWith("{\"kind\":\"files\",\"paths\":[\"/srv/my files\"],\"include\":[\"*.pdf\"]"))
                .anySatisfy(json -> assertThat(json)
                        .contains("\"password\":\"file:/run/secrets/redis\"")
                        .contains("\"limit\":\"PT1M\""));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        refuses("{}", "kind of source ''");
        refuses("{'kind':'mainframe'}", "kind of source 'mainframe'");
        refuses("{'kind':'docker-volume','volume':'v','exclude':[]}", "docker-volume.quiesce is missing");
        String quiesce = Quiesce.Mode.NONE.name();
        String rest = "'containers':[],'units':[],'workloads':[],'before':[],'after':[],'limit':'PT1M'";
        refuses(
                "{'kind':'docker-volume','volume':'v','exclude':[],'quiesce':{" + rest + "}}",
                "quiesce.mode is missing");
        String complete = "'quiesce':{'mode':'" + quiesce + "'," + rest + "}";
        refuses("{'kind':'docker-volume','volume':'v','exclude':[],'thaw':1," + complete + "}", "thaw");
        refuses("{'kind':'docker-volume','volume':' ','exclude':[]," + complete + "}", "volume must not be blank");
    }

    private static void refuses(String json, String why) {
        JsonNode tree = MAPPER.readTree(json.replace('\'', '"'));
        assertThatThrownBy(() -> Source.fromJson(tree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
