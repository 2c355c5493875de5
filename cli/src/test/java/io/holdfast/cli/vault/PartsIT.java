package io.holdfast.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PartsIT extends VaultBench {

    private List<String> listed(String what) {
        return vault("list", what).out().lines().toList();
    }

    private JsonNode shown(String... what) {
        Outcome shown = vault(Stream.concat(Stream.of("cat"), Stream.of(what)).toArray(String[]::new));
        assertThat(shown.code()).as(shown.err()).isZero();
        return Json.tree(cli.dumped());
    }

    @Test
    void listsWhatARepositoryIsMadeOf() throws IOException {
        initAndBackUp();
        assertThat(listed("packs")).hasSize(2);
        assertThat(listed("snapshots")).hasSize(1);
        assertThat(listed("index")).hasSize(1);
        assertThat(listed("keys")).hasSize(1);
        assertThat(listed("locks")).isEmpty();
        assertThat(listed("blobs"))
                .anyMatch(line -> line.startsWith("tree "))
                .anyMatch(line -> line.startsWith("data "));
        assertThat(vault("list", "packs", "--json").out().lines())
                .allMatch(line -> line.startsWith("{\"type\":\"pack\",\"id\":\""));
        assertThat(vault("list", "files").err()).startsWith("HF-L05 ");
    }

    @Test
    void showsPartsOpened() throws IOException {
        initAndBackUp();
        assertThat(shown("config").path("version").intValue()).isEqualTo(2);
        assertThat(shown("masterkey").path("encrypt").stringValue()).isNotEmpty();
        assertThat(shown("snapshot", "latest").path("paths").get(0).stringValue())
                .isEqualTo(source.toString());
        assertThat(shown("index", listed("index").getFirst().substring(0, 8)).path("packs"))
                .hasSize(2);
        assertThat(shown("key", listed("keys").getFirst()).path("kdf").stringValue())
                .isEqualTo("scrypt");
        assertThat(shown("tree", "latest:" + source).path("nodes")).hasSize(3);
        String chunk = shown("tree", "latest:" + source)
                .path("nodes")
                .get(1)
                .path("content")
                .get(0)
                .stringValue();
        vault("cat", "blob", chunk);
        assertThat(cli.dumped()).asString().isEqualTo("dear reader");
        String pack = listed("packs").getFirst();
        vault("cat", "pack", pack.substring(0, 10));
        assertThat(cli.dumped())
                .hasSameSizeAs(Files.readAllBytes(repository.resolve("data/" + pack.substring(0, 2) + "/" + pack)));
    }

    @Test
    void saysWhatItCannotShow() {
        initAndBackUp();
        assertThat(vault("cat", "snapshot").err()).startsWith("HF-L05 ");
        assertThat(vault("cat", "config", "x").err()).startsWith("HF-L05 ");
        assertThat(vault("cat", "files", "x").err()).startsWith("HF-L05 ");
        assertThat(vault("cat", "blob", "abcd").err()).startsWith("HF-L05 ");
        assertThat(vault("cat", "index", "zz").err()).startsWith("HF-L17 ");
        cli.surroundings.stdoutTerminal = true;
        assertThat(vault("cat", "pack", "ab").err()).startsWith("HF-L12 ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(vault("version").out()).startsWith("holdfast ").contains("Java 2");
        assertThat(vault("version", "--json").json().path("java_version").stringValue())
                .isNotEmpty();
    }

    @Test
    void listsAndRemovesWhatItKeptOfRepositoriesElsewhere() throws IOException {
        String id = "0123456789abcdef".repeat(4);
        Path kept = Files.createDirectories(temp.resolve("cache/" + id + "/index"));
        Files.writeString(kept.resolve("file"), "kept");
        cli.with("HOLDFAST_CACHE_DIR", temp.resolve("cache").toString());
        assertThat(vault("cache").out()).contains("0123456789  0 days ago", "4 B", "1 cached in ");
        assertThat(vault("cache", "--cleanup").out()).startsWith("removed 0 ");
        assertThat(vault("cache", "--json").json().get(0).path("repository").stringValue())
                .isEqualTo(id);
        assertThat(vault("cache", "--cleanup", "--max-age", "0").out()).startsWith("removed 1 ");
        assertThat(temp.resolve("cache")).isEmptyDirectory();
        assertThat(vault("cache", "--cache-dir", temp.resolve("none").toString())
                        .out())
                .startsWith("0 cached in ");
    }

    private Path pack() throws IOException {
        try (Stream<Path> packs = Files.walk(repository.resolve("data"))) {
            return packs.filter(Files::isRegularFile)
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void bringsALostIndexBack() throws IOException {
        initAndBackUp();
        try (Stream<Path> index = Files.list(repository.resolve("index"))) {
            Files.delete(index.findFirst().orElseThrow());
        }
        assertThat(vault("check").code()).isEqualTo(1);
        assertThat(vault("repair", "index").out()).startsWith("2 packs added");
        assertThat(vault("check", "--read-data").code()).isZero();
    }

    @Test
    void savesWhatCanBeReadAndWritesSnapshotsAnewWithoutTheRest() throws IOException {
        Files.write(source.resolve("random"), new SecureRandom().generateSeed(4000));
        initAndBackUp();
        Path damaged = pack();
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[1000] ^= 1;
        damaged.toFile().setWritable(true);
        Files.write(damaged, bytes);
        Outcome repaired = vault("repair", "packs", String.valueOf(damaged.getFileName()));
        assertThat(repaired.code()).isEqualTo(3);
        assertThat(repaired.out()).contains(" 1 lost");
        assertThat(repaired.err()).contains("lost: ");
        Outcome told = vault("repair", "snapshots", "--dry-run");
        assertThat(told.out()).contains("1 snapshot would be written anew");
        assertThat(snapshots()).isEqualTo(1);
        JsonNode anew =
                vault("repair", "snapshots", "--forget", "latest", "--json").json();
        assertThat(anew.path("repaired").get(0).path("new_snapshot_id").stringValue())
                .hasSize(64);
        assertThat(vault("check", "--read-data").code()).isZero();
        assertThat(vault("repair", "packs", "zz").err()).startsWith("HF-L17 ");
    }

    @Test
    void readsFromAPlaceThatCannotBeWrittenWithoutALock() throws IOException {
        initAndBackUp();
        Path locks = repository.resolve("locks");
        Files.delete(locks);
        Files.writeString(locks, "no lock can be made here");
        assertThat(vault("ls", "latest").code()).isEqualTo(1);
        assertThat(vault("ls", "latest", "--no-lock").out()).contains("letter.txt");
        assertThat(vault("restore", "latest", "-t", temp.resolve("t").toString(), "--no-lock")
                        .code())
                .isZero();
        assertThat(vault("check", "--no-lock").code()).isZero();
        assertThat(vault("forget", "latest", "--no-lock").code()).isEqualTo(1);
    }

    @Test
    void usesARepositoryAsItsOptionsSay() throws IOException {
        initAndBackUp();
        Path place = Files.writeString(temp.resolve("place"), repository + "\n");
        cli.with("HOLDFAST_REPOSITORY", "");
        assertThat(vault("snapshots", "--repository-file", place.toString()).code())
                .isZero();
        cli.with("RESTIC_REPOSITORY_FILE", place.toString());
        assertThat(vault("snapshots", "--limit-download", "100000", "--limit-upload", "100000")
                        .code())
                .isZero();
        assertThat(vault("snapshots", "--limit-download", "1").err())
                .startsWith("HF-L05 ")
                .contains("the least is 8");
        assertThat(vault("snapshots", "--retry-lock", "soon").err())
                .startsWith("HF-L05 ")
                .contains("'soon'");
        assertThat(vault("snapshots", "--retry-lock", "1h30m", "--key-hint", "ab")
                        .code())
                .isZero();
    }
}
