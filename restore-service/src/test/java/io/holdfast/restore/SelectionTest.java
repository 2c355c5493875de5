package io.holdfast.restore;

import static io.holdfast.restore.Snapshots.NOON;
import static io.holdfast.restore.Snapshots.held;
import static io.holdfast.restore.Snapshots.named;
import static io.holdfast.restore.Snapshots.regular;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Held OLD_DB = regular("aa01", "db", "shop-1", 1);
    private static final Held OLD_WEB = regular("aa02", "web", "shop-1", 1);
    private static final Held NEW_DB = named("bb01", "db", "shop-2", 5, "before-upgrade");
    private static final Held NEW_WEB = named("bb02", "web", "shop-2", 5, "before-upgrade");
    private static final Held SAFETY = held("cc01", "db", "safety-r1", 6, SnapshotKind.SAFETY, null);
    private static final Held MANIFEST = held("dd01", "manifest", "shop-2", 7, SnapshotKind.MANIFEST, "before-upgrade");
    private static final List<Held> ALL = List.of(MANIFEST, SAFETY, NEW_WEB, NEW_DB, OLD_WEB, OLD_DB);

    @Test
    void takesTheNewestOfEachComponent() throws RestoreRefusal {
        assertThat(select("latest")).containsExactly(NEW_DB, NEW_WEB);
    }

    @Test
    void takesTheNewestOfEachComponentAlsoFromDifferentPoints() throws RestoreRefusal {
        List<Held> held = List.of(NEW_DB, OLD_WEB, OLD_DB);

        assertThat(selection("latest", null).from(held)).containsExactly(NEW_DB, OLD_WEB);
    }

    @Test
    void takesNothingThatWasTakenAfterTheRestoreWasAskedFor() throws RestoreRefusal {
        Instant asked = NOON.plus(Duration.ofHours(4));

        assertThat(new Selection("latest", null, List.of(), asked).from(ALL)).containsExactly(OLD_DB, OLD_WEB);
        assertThat(new Selection("x", asked.plusSeconds(99_999), List.of(), asked).from(ALL))
                .containsExactly(OLD_DB, OLD_WEB);
        assertThat(new Selection("shop-2", null, List.of(), asked).from(ALL)).containsExactly(NEW_DB, NEW_WEB);
    }

    @Test
    void takesARecoveryPointByItsId() throws RestoreRefusal {
        assertThat(select("shop-1")).containsExactly(OLD_DB, OLD_WEB);
    }

    @Test
    void takesTheComponentsThatAreAskedFor() throws RestoreRefusal {
        assertThat(select("shop-1", "web")).containsExactly(OLD_WEB);
    }

    @Test
    void takesOneBackupByItsId() throws RestoreRefusal {
        assertThat(select("shop-1.db")).containsExactly(OLD_DB);
    }

    @Test
    void takesASnapshotByItsIdOrItsStart() throws RestoreRefusal {
        assertThat(select(OLD_WEB.snapshot().id().toString())).containsExactly(OLD_WEB);
        assertThat(select("aa020000")).containsExactly(OLD_WEB);
    }

    @Test
    void asksForMoreOfAnIdThatIsAmbiguous() {
        Held twin = regular("aa0100001", "db", "shop-3", 2);
        List<Held> held = List.of(OLD_DB, twin);

        assertThatThrownBy(() -> selection("aa010000", null).from(held))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageStartingWith("HF-R12 ")
                .hasMessageContaining("2 snapshots")
                .hasMessageContaining("aa01000010000000");
    }

    @Test
    void takesNoStartOfAnIdThatIsTooShort() {
        assertRefused("aa02000", "HF-R03");
    }

    @Test
    void takesSafetySnapshotsByTheirOwnIdOnly() throws RestoreRefusal {
        assertThat(select("cc010000")).containsExactly(SAFETY);
        assertRefused("safety-r1", "HF-R03");
        assertRefused("safety-r1.db", "HF-R03");
    }

    @Test
    void restoresNoManifest() {
        assertRefused(MANIFEST.snapshot().id().toString(), "HF-R03");
        assertRefused("shop-2.manifest", "HF-R03");
    }

    @Test
    void takesTheNewestRecoveryPointOfAName() throws RestoreRefusal {
        Held earlier = named("ee01", "db", "shop-0", 0, "before-upgrade");
        var held = new ArrayList<>(ALL);
        held.add(earlier);

        assertThat(selection("before-upgrade", null).from(held)).containsExactly(NEW_DB, NEW_WEB);
    }

    @Test
    void takesTheStateOfATime() throws RestoreRefusal {
        assertThat(selection("ignored", NOON.plus(Duration.ofHours(5)).minusMillis(1))
                        .from(ALL))
                .containsExactly(OLD_DB, OLD_WEB);
        assertThat(selection("ignored", NOON.plus(Duration.ofHours(5))).from(ALL))
                .containsExactly(NEW_DB, NEW_WEB);
        assertThatThrownBy(() -> selection("ignored", NOON).from(ALL))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageContaining("the state at 2026-11-21T12:00:00Z");
    }

    @Test
    void prefersAnIdToAName() throws RestoreRefusal {
        Held namedLikeAPoint = named("ee01", "db", "shop-9", 9, "shop-1");
        var held = new ArrayList<>(ALL);
        held.add(namedLikeAPoint);

        assertThat(selection("shop-1", null).from(held)).containsExactly(OLD_DB, OLD_WEB);
    }

    @Test
    void refusesWhatIsNotThereAndNamesTheNewestPoints() {
        assertThatThrownBy(() -> select("shop-99"))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageStartingWith("HF-R03 There is no snapshot for 'shop-99'. Nothing was touched.")
                .hasMessageContaining("shop-2, shop-1");
    }

    @Test
    void saysWhereNothingIsAtAll() {
        assertThatThrownBy(() -> selection("latest", null).from(List.of(SAFETY, MANIFEST)))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageContaining("This place holds no backups of the stack.");
    }

    @Test
    void refusesToRestoreLessThanWasAskedFor() {
        assertThatThrownBy(() -> select("shop-1", "db", "cache"))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageStartingWith(
                        "HF-R04 For 'shop-1' there is no snapshot of cache, but of db, web. Nothing was touched.");
    }

    @Test
    void namesTheOnlyComponentThatWasAskedForAndIsNotThere() {
        assertThatThrownBy(() -> select("latest", "cahce"))
                .isInstanceOf(RestoreRefusal.class)
                .hasMessageStartingWith("HF-R04 For 'latest' there is no snapshot of cahce, but of db, web.");
    }

    /** Whatever is held: one snapshot per component, the newest up to the time asked for. */
    @Property
    void takesTheNewestStateUpToATime(
            @ForAll("anything") List<Held> held, @ForAll @IntRange(min = 0, max = 20) int hour, @ForAll Random random) {
        Instant at = NOON.plus(Duration.ofHours(hour));
        List<Held> candidates = held.stream()
                .filter(it -> it.tags().kind() == SnapshotKind.REGULAR)
                .filter(it -> !it.snapshot().time().isAfter(at))
                .toList();
        var shuffled = new ArrayList<>(held);
        Collections.shuffle(shuffled, random);
        try {
            List<Held> chosen = selection("ignored", at).from(held);

            assertThat(chosen).isSubsetOf(candidates);
            assertThat(chosen).extracting(Held::component).doesNotHaveDuplicates();
            assertThat(new HashSet<>(chosen.stream().map(Held::component).toList()))
                    .isEqualTo(new HashSet<>(
                            candidates.stream().map(Held::component).toList()));
            assertThat(candidates)
                    .allSatisfy(candidate -> assertThat(chosen)
                            .filteredOn(it -> it.component().equals(candidate.component()))
                            .allSatisfy(it -> assertThat(it.snapshot().time())
                                    .isAfterOrEqualTo(candidate.snapshot().time())));
            assertThat(selection("ignored", at).from(shuffled)).isEqualTo(chosen);
        } catch (RestoreRefusal e) {
            assertThat(candidates).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<Held>> anything() {
        Arbitrary<String> ids =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(12);
        return Combinators.combine(
                        ids,
                        Arbitraries.of("db", "web", "cache"),
                        Arbitraries.of("shop-1", "shop-2", "shop-3"),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(SnapshotKind.class))
                .as((id, component, point, hour, kind) -> held(id, component, point, hour, kind, null))
                .list()
                .ofMaxSize(12)
                .uniqueElements(it -> it.snapshot().id());
    }

    private static void assertRefused(String which, String code) {
        assertThatThrownBy(() -> select(which))
                .isInstanceOfSatisfying(
                        RestoreRefusal.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<Held> select(String which, String... components) throws RestoreRefusal {
        return new Selection(which, null, List.of(components), Instant.MAX).from(ALL);
    }

    private static Selection selection(String which, @Nullable Instant at) {
        return new Selection(which, at, List.of(), Instant.MAX);
    }
}
