package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.repair.IndexRepair;
import io.holdfast.vault.repair.PacksRepair;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairWithResticIT {

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void resticIsContentWithWhatWeRepaired(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        restic.init();
        Path source = HardCases.create(temp.resolve("source"));
        restic.run("backup", "--pack-size", "4", source.toString());
        Files.write(source.resolve("added"), HardCases.random(9, 3_000_000));
        restic.run("backup", "--pack-size", "4", source.toString());
        for (Path index : files(restic, "index")) {
            Files.delete(index);
        }
        assertThat(restic.attempt("check").exit()).isNotZero();
        try (Vault vault =
                Vault.open(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            IndexRepair index = vault.maintenance().repairIndex(false);
            assertThat(index.added()).hasSize(files(restic, "data").size());
            restic.checksEveryByte();

            Pack fullest = fullestDataPack(restic);
            damageFirstBlob(restic, fullest);
            assertThat(restic.attempt("check", "--read-data").exit()).isNotZero();
            PacksRepair packs = vault.maintenance().repairPacks(Set.of(fullest.id()));
            assertThat(packs.lost()).containsExactly(fullest.blobs().getFirst().key());
            assertThat(packs.salvaged()).isEqualTo(fullest.blobs().size() - 1);
            assertThat(restic.attempt("check").output()).contains("not found in index");

            vault.maintenance().repairSnapshots(_ -> true, true, false);
            restic.checksEveryByte();
            assertThat(vault.snapshots()).hasSize(2);
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
        assertThat(restic.run("snapshots", "--json")).contains("\"original\"");
        restic.run("restore", "latest", "--target", temp.resolve("restored").toString());
        Path restored = temp.resolve("restored").resolve(temp.getRoot().relativize(source));
        assertThat(restored.resolve("added")).hasBinaryContent(HardCases.random(9, 3_000_000));
    }

    private static List<Path> files(Restic restic, String directory) throws IOException {
        try (Stream<Path> files = Files.walk(restic.repository().resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** That of the first backup's small files: the second has brought fewer blobs altogether. */
    private static Pack fullestDataPack(Restic restic) throws IOException {
        Repository repository = Opening.open(
                        LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), VaultOptions.DEFAULT)
                .repository();
        repository.index().refresh();
        return repository.index().current().packs().stream()
                .filter(pack -> pack.blobs().getFirst().key().type() == BlobType.DATA)
                .max(Comparator.comparingInt(pack -> pack.blobs().size()))
                .orElseThrow();
    }

    private static void damageFirstBlob(Restic restic, Pack pack) throws IOException {
        Path file = files(restic, "data").stream()
                .filter(each -> each.endsWith(pack.id().toString()))
                .findFirst()
                .orElseThrow();
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.setAttribute(file, "unix:mode", 0600);
        Files.write(file, content);
    }
}
