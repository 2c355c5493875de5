package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.terminal.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Verbs that mean what they mean to restic, judged by restic. */
class ResticVerbsIT extends ResticBench {

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> sorted(String text) {
        return text.lines().sorted().toList();
    }

    private static List<String> names(byte[] tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (var entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Test
    void namesFilesInArchivesAsResticDoesBesideTheDirectoryItself() throws Exception {
        String top = temp.resolve("source").toString();
        cli.run("vault", "init");
        cli.run("vault", "backup", source.toString());
        Path theirs = temp.resolve("theirs.tar");
        restic(theirs, "dump", "latest", top);
        cli.run("vault", "dump", "latest", top);
        List<String> ours = names(cli.dumped());
        assertThat(ours.removeFirst()).isEqualTo(top.substring(1) + "/");
        assertThat(ours).isEqualTo(names(Files.readAllBytes(theirs)));
    }

    @Test
    void takesListsOfPathsAsResticDoes() throws Exception {
        Files.writeString(source.resolve("#odd*"), "x");
        Files.writeString(source.resolve("[a].txt"), "x");
        Path globs = Files.writeString(
                temp.resolve("globs"),
                "# comment\n  %1$s/*.t?t  \n\n%1$s/\\[a].txt\n%1$s/l[^a-d]*\n%1$s/none*\n".formatted(source));
        Path lines = Files.writeString(temp.resolve("lines"), source.resolve("#odd*") + "\r\n\n");
        cli.run("vault", "init");
        String[] options = {"--files-from", globs.toString(), "--files-from-verbatim", lines.toString()};
        assertThat(restic(Stream.concat(Stream.of("backup"), Stream.of(options)).toArray(String[]::new))
                        .code())
                .isZero();
        assertThat(cli.run(Stream.concat(Stream.of("vault", "backup"), Stream.of(options))
                                .toArray(String[]::new))
                        .code())
                .isZero();
        JsonNode both = cli.run("vault", "snapshots", "--json").json();
        assertThat(both.get(0).path("program_version").asString("")).doesNotStartWith("holdfast");
        assertThat(paths(both.get(1))).hasSize(3).isEqualTo(paths(both.get(0)));
    }

    private static List<String> paths(JsonNode snapshot) {
        return stream(snapshot.path("paths"))
                .map(JsonNode::stringValue)
                .sorted()
                .distinct()
                .toList();
    }

    @Test
    void wouldForgetWhatResticWould() throws Exception {
        cli.run("vault", "init");
        for (String time : List.of("03-01 10:00", "03-01 23:30", "03-02 01:00", "03-09 12:00", "04-01 12:00")) {
            cli.run("vault", "backup", source.toString(), "--time", "2026-%s:00".formatted(time), "--tag", "a");
        }
        String[] policy = {
            "forget",
            "--dry-run",
            "--json",
            "--keep-daily",
            "2",
            "--keep-monthly",
            "2",
            "--keep-within",
            "1d",
            "--tag",
            "a",
            "--group-by",
            "host"
        };
        JsonNode theirs = json(restic(policy).out());
        JsonNode ours = cli.run(
                        Stream.concat(Stream.of("vault"), Stream.of(policy)).toArray(String[]::new))
                .json();
        assertThat(ids(ours.get(0).path("remove")))
                .isNotEmpty()
                .isEqualTo(ids(theirs.get(0).path("remove")));
        assertThat(ids(ours.get(0).path("keep"))).isEqualTo(ids(theirs.get(0).path("keep")));
    }

    private static List<String> ids(JsonNode snapshots) {
        return stream(snapshots)
                .map(each -> each.path("id").stringValue())
                .sorted()
                .toList();
    }

    @Test
    void listsAndShowsWhatResticDoes() throws Exception {
        cli.run("vault", "init");
        cli.run("vault", "backup", source.toString());
        for (String what : List.of("packs", "index", "snapshots", "keys", "blobs")) {
            assertThat(sorted(cli.run("vault", "list", what).out()))
                    .as(what)
                    .isEqualTo(sorted(restic("list", "-q", what).out()));
        }
        cli.run("vault", "cat", "config");
        assertThat(Json.tree(cli.dumped()))
                .isEqualTo(json(restic("cat", "-q", "config").out()));
    }

    @Test
    void sharesPasswordsWithRestic() throws Exception {
        cli.run("vault", "init");
        Path added = Files.writeString(temp.resolve("added"), "battery staple\n");
        assertThat(cli.run("vault", "key", "add", "--new-password-file", added.toString())
                        .code())
                .isZero();
        assertThat(restic("--password-file", added.toString(), "key", "list").code())
                .isZero();
        assertThat(restic(
                                "--password-file",
                                added.toString(),
                                "key",
                                "passwd",
                                "--new-password-file",
                                password.toString())
                        .code())
                .isZero();
        assertThat(cli.run("vault", "key", "list", "--json").json()).hasSize(2);
    }

    @Test
    void endsWithResticsExitCodes() throws Exception {
        Path other = Files.writeString(temp.resolve("other"), "wrong\n");
        cli.run("vault", "init");
        String[][] cases = {
            {"snapshots"},
            {"snapshots", "--bogus"},
            {"backup", temp.resolve("none").toString()},
            {"cat", "nothing"},
            {"forget", "--keep-last", "x"}
        };
        for (String[] each : cases) {
            assertThat(cli.run(Stream.concat(Stream.of("vault"), Stream.of(each))
                                    .toArray(String[]::new))
                            .code())
                    .as(String.join(" ", each))
                    .isEqualTo(restic(each).code());
        }
        assertThat(cli.run("vault", "snapshots", "--password-file", other.toString())
                        .code())
                .isEqualTo(12);
    }
}
