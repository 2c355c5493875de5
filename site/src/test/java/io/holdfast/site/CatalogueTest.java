package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupId;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final ComponentId DB = new ComponentId("shop", "db");
    private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");

    @Test
    void announcesAnEmptyPlaceToo() {
        assertThat(catalogue(List.of()))
                .isEqualTo(new ComponentCatalogued(DB, CatalogueRecord.VAULT, "here", List.of(), 0, null, AT));
    }

    @Test
    void tellsOfTheComponentAloneNewestFirst() {
        var other = new SnapshotTags(
                new ComponentId("shop", "web"),
                new BackupId("w"),
                1,
                new RecoveryPointId("rp"),
                SnapshotKind.REGULAR,
                null);
        List<Snapshot> held = List.of(
                snapshot(1, tags(1, null)),
                snapshot(3, tags(3, null)),
                snapshot(9, other.wire()),
                snapshot(2, tags(2, null)),
                snapshot(8, List.of()));

        assertThat(catalogue(held).snapshots())
                .extracting(snapshot -> snapshot.backup().value())
                .containsExactly("b3", "b2", "b1");
    }

    @Test
    void tellsOfTheNewestOnlyAndCountsAll() {
        var held = new ArrayList<Snapshot>();
        for (int i = 0; i < ComponentCatalogued.MOST + 5; i++) {
            held.add(snapshot(i, tags(i, null)));
        }
        Collections.shuffle(held, new java.util.Random(1));

        ComponentCatalogued catalogue = catalogue(held);

        assertThat(catalogue.total()).isEqualTo(ComponentCatalogued.MOST + 5);
        assertThat(catalogue.snapshots()).hasSize(ComponentCatalogued.MOST);
        assertThat(catalogue.snapshots().getFirst().backup().value()).isEqualTo("b104");
        assertThat(catalogue.snapshots().getLast().backup().value()).isEqualTo("b5");
    }

    @Test
    void tellsOfWhatTheVaultHoldsTooBeforeAllElse() {
        var others = new ArrayList<Snapshot>();
        for (int i = 1; i < ComponentCatalogued.MOST + 5; i++) {
            others.add(snapshot(i, tags(i, null)));
        }

        ComponentCatalogued catalogue = Catalogue.of(
                DB,
                "east",
                "here",
                List.of(snapshot(0, tags(0, null)), snapshot(200, tags(200, null))),
                others,
                null,
                AT);

        assertThat(catalogue.total()).isEqualTo(ComponentCatalogued.MOST + 6);
        assertThat(catalogue.snapshots()).hasSize(ComponentCatalogued.MOST);
        assertThat(catalogue.snapshots())
                .extracting(snapshot -> snapshot.backup().value())
                .startsWith("b200", "b104", "b103")
                .endsWith("b7", "b0");
    }

    @Test
    void tellsWhatTheSummaryAndTheTagsTell() {
        CataloguedSnapshot told =
                catalogue(List.of(snapshot(1, tags(1, true)))).snapshots().getFirst();

        assertThat(told.files()).isEqualTo(12);
        assertThat(told.bytes()).isEqualTo(3456);
        assertThat(told.takenAt()).isEqualTo(AT.plusSeconds(1));
        assertThat(told.kind()).isEqualTo(SnapshotKind.REGULAR);
        assertThat(told.name()).isEqualTo("odd, name");
        assertThat(told.complete()).isTrue();
    }

    private static ComponentCatalogued catalogue(List<Snapshot> held) {
        return Catalogue.of(DB, CatalogueRecord.VAULT, "here", held, List.of(), null, AT);
    }

    private static List<String> tags(int number, @Nullable Boolean complete) {
        return new SnapshotTags(
                        DB,
                        new BackupId("b" + number),
                        1,
                        new RecoveryPointId("rp" + number),
                        SnapshotKind.REGULAR,
                        "odd, name",
                        complete,
                        null,
                        null)
                .wire();
    }

    private static Snapshot snapshot(int seconds, List<String> tags) {
        Instant at = AT.plusSeconds(seconds);
        return new Snapshot(
                new SnapshotId(new Digest(seconds, 0, 0, 0)),
                at,
                ZoneOffset.UTC,
                "here",
                "root",
                List.of("/shop/db"),
                tags,
                List.of(),
                null,
                null,
                new BlobId(new Digest(0, 0, 0, 1)),
                new Summary(at, at, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 3456),
                "holdfast");
    }
}
