package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and ids: what is legal, and what finds its twin. */
class IdentityTest {

    private static final String KAFKA_TOPIC = "[A-Za-z0-9._-]{1,249}";

    @Property
    void makesLegalTopicsKeysAndIdsOfAllLegalNames(
            @ForAll("names") String stack, @ForAll("names") String component, @ForAll("instants") Instant due) {
        var id = new ComponentId(stack, component);
        RecoveryPointId scheduled = RecoveryPointId.scheduled(stack, due);
        RecoveryPointId asked = RecoveryPointId.onDemand(stack, due, Identifiers.derived(stack, component));

        assertThat(Topics.requests(stack).name()).matches(KAFKA_TOPIC);
        assertThat(ComponentId.parse(id.toString())).isEqualTo(id);
        assertThat(BackupId.of(id, scheduled).value()).startsWith(scheduled.value());
        assertThat(BackupId.of(id, asked).value()).hasSizeLessThanOrEqualTo(200);
    }

    @Property
    void findsTheTwinOfABackupAndNoOther(
            @ForAll("names") String stack,
            @ForAll("names") String one,
            @ForAll("names") String other,
            @ForAll("instants") Instant due,
            @ForAll("instants") Instant later) {
        BackupId backup = backup(stack, one, due);

        assertThat(backup).isEqualTo(backup(stack, one, due));
        assertThat(backup.equals(backup(stack, other, due))).isEqualTo(one.equals(other));
        assertThat(backup.equals(backup(stack, one, later))).isEqualTo(due.equals(later));
    }

    @Property
    void ignoresFractionsOfASecondInADueInstant(@ForAll("names") String stack, @ForAll("instants") Instant due) {
        assertThat(RecoveryPointId.scheduled(stack, due.plusMillis(999)))
                .isEqualTo(RecoveryPointId.scheduled(stack, due))
                .isNotEqualTo(RecoveryPointId.scheduled(stack, due.plusSeconds(1)));
    }

    @Property
    void derivesTheSameTokenForTheSamePartsOnly(
            @ForAll @Size(max = 4) List<String> parts, @ForAll @Size(max = 4) List<String> others) {
        assertThat(derived(parts)).matches("[0-9a-f]{20}");
        assertThat(derived(parts).equals(derived(others))).isEqualTo(parts.equals(others));
    }

    @Test
    void neverTakesTwoPartsForOne() {
        assertThat(Identifiers.derived("a", "b")).isNotEqualTo(Identifiers.derived("a\nb"));
        assertThat(Identifiers.derived("a", "")).isNotEqualTo(Identifiers.derived("a"));
        assertThat(Identifiers.derived("a1:b")).isNotEqualTo(Identifiers.derived("a", "b"));
    }

    @Property
    void takesNoNameThatCouldLeaveItsPlace(@ForAll String text) {
        boolean legal = !text.isEmpty()
                && text.length() <= 63
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                && !text.startsWith("-")
                && !text.endsWith("-");

        assertThat(Names.isValid(text)).isEqualTo(legal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "a b", "a/b", "a\n", "ä", "a\u0000"})
    void refusesIdsThatAreNoFileNames(String text) {
        assertThatThrownBy(() -> new RestoreId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("restore id '%s' must be".formatted(text));
    }

    @Test
    void takesIdsOfUpTo200Characters() {
        assertThat(new NoticeId("a".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new NoticeId("a".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"papers", "papers/", "/documents", "papers/documents/more", "Papers/documents", "/"})
    void refusesWhatIsNoComponent(String text) {
        assertThatThrownBy(() -> ComponentId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "5D9C", "g"})
    void refusesWhatIsNoSnapshot(String text) {
        assertThatThrownBy(() -> new SnapshotRef(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hex digits");
    }

    @Test
    void refusesNamesThatMeanSomethingElse() {
        assertThatThrownBy(() -> new PlanRecord.SitePlanned("central", "/vaults", "env:PASSWORD", 1))
                .hasMessageContaining("site 'central' is reserved");
        assertThatThrownBy(() -> new PlanRecord.RegionPlanned("vault", "/mnt", null, null, 1))
                .hasMessageContaining("region 'vault' is reserved");
        assertThatThrownBy(() -> new PlanRecord.ComponentPlanned(
                        ComponentId.manifestOf("papers"),
                        "harbour",
                        EventJson.tree(new byte[] {'{', '}'}),
                        List.of(),
                        List.of(),
                        Duration.ofDays(1),
                        null,
                        null,
                        20,
                        0,
                        1,
                        null,
                        null))
                .hasMessageContaining("component 'manifest' is reserved");
    }

    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(63)
                .map(text -> text.replaceAll("^-|-$", "0"));
    }

    @Provide
    static Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("9999-12-31T23:59:58Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    private static BackupId backup(String stack, String component, Instant due) {
        return BackupId.of(new ComponentId(stack, component), RecoveryPointId.scheduled(stack, due));
    }

    private static String derived(List<String> parts) {
        return Identifiers.derived(parts.toArray(String[]::new));
    }
}
