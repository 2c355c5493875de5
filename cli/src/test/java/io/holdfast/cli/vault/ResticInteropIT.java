package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.terminal.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResticInteropIT extends ResticBench {

    @Test
    void resticReadsWhatTheCommandWrote() throws Exception {
        assertThat(cli.run("vault", "init").code()).isZero();
        assertThat(cli.run("vault", "backup", source.toString(), "--tag", "a,b", "--host", "h")
                        .code())
                .isZero();
        JsonNode ours = cli.run("vault", "snapshots", "--json").json().get(0);
        JsonNode theirs = Json.tree(restic("snapshots", "--json").out().getBytes(StandardCharsets.UTF_8))
                .get(0);
        for (String field : List.of("id", "short_id", "tree", "paths", "hostname", "username", "tags")) {
            assertThat(ours.path(field)).as(field).isEqualTo(theirs.path(field));
        }
        assertThat(restic("check", "--read-data").out()).contains("no errors were found");
        assertThat(restic("dump", "latest", source + "/letter.txt").out()).isEqualTo("dear reader");
    }

    @Test
    void theCommandReadsWhatResticWrote() throws Exception {
        assertThat(restic("init").code()).isZero();
        assertThat(restic("backup", source.toString()).code()).isZero();
        Path target = temp.resolve("target");
        assertThat(cli.run("vault", "restore", "latest", "-t", target.toString())
                        .code())
                .isZero();
        assertThat(Path.of(target + source.toString()).resolve("letter.txt")).hasContent("dear reader");
        assertThat(cli.run("vault", "check", "--read-data").out()).contains("No errors were found.");
        assertThat(cli.run("vault", "ls", "latest").out())
                .isEqualTo(restic("ls", "-q", "latest").out());
        cli.run("vault", "dump", "latest", source + "/letter.txt");
        assertThat(cli.dumped()).asString().isEqualTo("dear reader");
    }
}
