package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.ComponentId;
import io.holdfast.events.EventJson;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreFailed;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.events.RestoreEvent.SafetySnapshotTaken;
import io.holdfast.events.RestoreEvent.Step;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.RestoreMarks.Mark;
import io.holdfast.site.SnapshotTags;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CarryOutRestoreTest {

    private static final String VAULT = TestSite.VAULTS + "/shop";

    @TempDir
    private Path directory;

    private RestoreBench bench;

    @BeforeEach
    void bench() throws IOException {
        bench = new RestoreBench(directory);
    }

    @Test
    void keepsThePresentStateAndPutsTheOldOneBack() throws Exception {
        bench.backUp("shop-1");
        damageDocs();

        bench.carryOut(bench.request("latest"));

        assertThat(milestones())
                .containsExactly(
                        "RestorePlanned",
                        "SafetySnapshotTaken",
                        "ComponentRestored",
                        "SafetySnapshotTaken",
                        "ComponentRestored",
                        "RestoreCompleted");
        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        assertThat(bench.docs.resolve("new.txt")).doesNotExist();
        ComponentRestored docs =
                bench.site.published().all(ComponentRestored.class).getFirst();
        assertThat(docs.component()).isEqualTo("docs");
        assertThat(docs.written()).isEqualTo(1);
        assertThat(docs.deleted()).isEqualTo(1);
        ComponentRestored web =
                bench.site.published().all(ComponentRestored.class).getLast();
        assertThat(web.unchanged()).isEqualTo(1);
        assertThat(bench.site.published().only(RestoreCompleted.class).components())
                .containsExactly("docs", "web");
    }

    /** What was told, without how far it was meanwhile, which only a restore that takes a while tells. */
    private List<String> milestones() {
        return bench.site.published().names().stream()
                .filter(name -> !name.equals("RestoreProgressed"))
                .toList();
    }

    @Test
    void showsItsPlanBeforeItTouchesAnything() throws Exception {
        bench.backUp("shop-1");

        bench.carryOut(bench.request("shop-1", "docs"));

        RestorePlanned planned = bench.site.published().only(RestorePlanned.class);
        Step step = planned.steps().getFirst();
        assertThat(planned.steps()).hasSize(1);
        assertThat(step.component()).isEqualTo("docs");
        assertThat(step.target()).isEqualTo(bench.docs.toString());
        assertThat(planned.from()).isEqualTo("memory");
    }

    @Test
    void canBeUndoneByItsSafetySnapshot() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        bench.carryOut(bench.request("latest", "docs"));
        String safety = bench.site
                .published()
                .only(SafetySnapshotTaken.class)
                .snapshot()
                .value();

        bench.carryOut(bench.request(safety.substring(0, 8)));

        assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
        assertThat(bench.docs.resolve("new.txt")).hasContent("new");
    }

    @Test
    void namesWhatARecoveryPointLacksUnlessItWasNotAskedFor() throws Exception {
        bench.site.backUp(bench.docsId, "shop-1", SnapshotKind.REGULAR, "friday", bench.docs);
        bench.manifestOfIncomplete("shop-1", "web");

        bench.carryOut(bench.request("shop-1"));
        bench.carryOut(bench.request("friday"));
        bench.carryOut(bench.request("shop-1", "docs"));

        List<RestoreCompleted> ended = bench.site.published().all(RestoreCompleted.class);
        assertThat(ended.subList(0, 2)).allSatisfy(completed -> {
            assertThat(completed.components()).containsExactly("docs");
            assertThat(completed.lacks()).startsWith("HF-R16 ").contains("shop-1", "nothing of web");
        });
        assertThat(ended.getLast().lacks()).isNull();
    }

    @Test
    void saysThatARecoveryPointIsIncompleteAlsoWhenItsManifestCannotBeRead() throws Exception {
        bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        Set<Handle> others = packs();
        bench.manifestOfIncomplete("shop-1", "web");
        lose(others, "the manifest's content");

        bench.carryOut(bench.request("shop-1"));

        assertThat(bench.site.published().only(RestoreCompleted.class).lacks())
                .contains("shop-1 is incomplete", "manifest cannot be read", "HF-V05");
    }

    @Test
    void namesWhatTheNewestStateHasNothingOf() throws Exception {
        bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        bench.site.backUp(bench.webId, "shop-1", SnapshotKind.INCOMPLETE, null, bench.web);
        bench.carryOut(bench.request("latest"));
        bench.backUp("shop-2");
        bench.carryOut(bench.request("latest"));

        List<RestoreCompleted> ended = bench.site.published().all(RestoreCompleted.class);
        assertThat(ended.getFirst().lacks()).startsWith("HF-R16 ").contains("nothing of web");
        assertThat(ended.getLast().lacks()).isNull();
    }

    @Test
    void saysWhatIsBackFromAnIncompleteCapture() throws Exception {
        Snapshot holes = bench.site.backUp(bench.docsId, "shop-1", SnapshotKind.INCOMPLETE, null, bench.docs);

        bench.carryOut(bench.request(holes.id().shortForm()));
        bench.backUp("shop-2");
        bench.carryOut(bench.request("latest", "docs"));

        List<ComponentRestored> restored = bench.site.published().all(ComponentRestored.class);
        assertThat(restored.getFirst().lacks())
                .startsWith("HF-R17 ")
                .contains(holes.id().shortForm(), "holdfast backups shop-1");
        assertThat(restored.getLast().lacks()).isNull();
    }

    @Test
    void saysWhatIsBackWithoutTheRightsItHad() throws Exception {
        Files.setAttribute(bench.docs.resolve("a.txt"), "unix:mode", 04755);
        bench.backUp("shop-1");
        damageDocs();

        bench.carryOut(bench.request("latest"));

        List<ComponentRestored> restored = bench.site.published().all(ComponentRestored.class);
        assertThat(restored.getFirst().altered())
                .startsWith("HF-R18 1 file or directory is without the setuid")
                .contains(bench.docs.resolve("a.txt").toString(), "by hand");
        assertThat(restored.getLast().altered()).isNull();
    }

    @Test
    void stopsWhatUsesTheFilesWhileTheyArePutBack() throws Exception {
        docsRestWithTheirContainer();
        bench.backUp("shop-1");
        damageDocs();

        bench.carryOut(bench.request("latest", "docs"));

        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        assertThat(bench.site.engine().calls()).containsExactly("stop app", "start app");
    }

    @Test
    void startsNothingThatMayBeHalfRestoredUntilARestoreEndsWell() throws Exception {
        docsRestWithTheirContainer();
        bench.backUp("shop-1");
        replicate();
        damageDocs();
        loseThePacks();

        bench.carryOut(bench.request("latest", "docs"));
        assertThat(bench.site.published().only(RestoreFailed.class).message()).contains("half restored");
        assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.OFF);
        assertThat(bench.site.brackets().sweep()).isEmpty();
        assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.OFF);

        bench.carryOut(bench.requestInto(null, "east", "docs"));
        assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.RUNNING);
    }

    @Test
    void marksWhatItHasLeftHalfRestoredUntilARestoreEndsWell() throws Exception {
        bench.backUp("shop-1");
        replicate();
        damageDocs();
        loseThePacks();

        bench.carryOut(bench.request("latest", "docs"));
        SnapshotRef before =
                bench.site.published().only(SafetySnapshotTaken.class).snapshot();
        assertThat(mark()).contains(new Mark(new RestoreId("restore-1"), before, false, null));
        assertThat(bench.site.restoreMarks().of(bench.webId)).isEmpty();

        bench.carryOut(bench.requestInto(null, "east", "docs"));
        assertThat(bench.site.published().all(RestoreCompleted.class)).hasSize(1);
        assertThat(mark()).isEmpty();
    }

    @Test
    void namesTheStateFromBeforeItWasHalfRestoredAlsoWhenTheNextRestoreFails() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        loseThePacks();

        bench.carryOut(bench.request("latest", "docs"));
        bench.carryOut(bench.request("latest", "docs"));

        List<SafetySnapshotTaken> kept = bench.site.published().all(SafetySnapshotTaken.class);
        assertThat(kept).extracting(SafetySnapshotTaken::snapshot).doesNotHaveDuplicates();
        assertThat(bench.site.published().all(RestoreFailed.class))
                .hasSize(2)
                .allSatisfy(failed -> assertThat(failed.message())
                        .contains(
                                "holdfast restore " + kept.getFirst().snapshot().shortForm()));
    }

    @Test
    void goesOnByItselfWithWhatItWasCutOffAtUntilItFailsBeforeItTouchesAnything() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        Journal.Entry entry = bench.accepted(bench.request("latest", "docs"));
        Thread restoring = Thread.currentThread();
        bench.site.places().at(VAULT).on(Trigger.of(Operation.LOAD, FileType.PACK), new Fault.Before(() -> {
            if (mark().isPresent()) {
                restoring.interrupt();
            }
        }));

        assertThatThrownBy(() -> bench.service().carryOut(entry)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(mark()).map(Mark::goesOn).contains(true);

        bench.site.places().takeDown(VAULT);
        bench.service().carryOut(entry);
        assertThat(bench.site.published().only(RestoreFailed.class).message()).contains("An earlier try was cut off");
        assertThat(mark()).map(Mark::goesOn).contains(false);
    }

    @Test
    void isAwaitedNoLongerOnANewMachineForWhatItPutsIntoItsPlace() throws Exception {
        bench.backUp("shop-1");
        replicate();
        bench.site.loseMachine("shop");

        bench.carryOut(bench.requestInto(null, "east", "docs"));

        assertThat(bench.site.published().all(RestoreCompleted.class)).hasSize(1);
        assertThat(mark()).isEmpty();
        assertThat(bench.site.restoreMarks().of(bench.webId)).map(Mark::region).contains("east");
        bench.carryOut(bench.requestInto(directory.resolve("elsewhere").toString(), "east", "web"));
        assertThat(bench.site.restoreMarks().of(bench.webId)).isPresent();
    }

    private Optional<Mark> mark() {
        try {
            return bench.site.restoreMarks().of(bench.docsId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leavesAPathAsItIsThatWasAddedToThePlanSinceAndSaysSo() throws Exception {
        bench.backUp("shop-1");
        Files.writeString(bench.docs.resolve("wrecked.txt"), "should go");
        Path added = Files.createDirectory(directory.resolve("added"));
        Files.writeString(added.resolve("new.txt"), "stays");
        bench.site.component("shop", "docs", List.of(bench.docs, added), "east");

        bench.carryOut(bench.request("latest", "docs"));

        ComponentRestored restored = bench.site.published().only(ComponentRestored.class);
        assertThat(restored.lacks()).startsWith("HF-R21 ").contains(added.toString());
        assertThat(bench.docs.resolve("wrecked.txt")).doesNotExist();
        assertThat(added.resolve("new.txt")).hasContent("stays");
        assertThat(mark()).isEmpty();
    }

    @Test
    void saysOnceThatNothingWasTouched() throws Exception {
        bench.backUp("shop-1");
        bench.site.component("shop", "docs", List.of(directory.resolve("another")), "east");

        bench.carryOut(bench.request("latest", "docs"));

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        assertThat(failed.code()).isEqualTo("HF-Q06");
        assertThat(failed.message()).containsOnlyOnce("Nothing was touched.");
    }

    @Test
    void marksNothingThatItDoesNotTouch() throws Exception {
        bench.backUp("shop-1");
        replicate();
        loseThePacks();

        bench.carryOut(bench.requestInto(directory.resolve("elsewhere").toString(), null, "docs"));
        assertThat(bench.site.published().only(RestoreFailed.class).component()).isEqualTo("docs");
        assertThat(mark()).isEmpty();

        bench.site.places().takeDown(VAULT);
        bench.carryOut(bench.request("latest", "docs"));
        assertThat(bench.site.published().all(RestoreFailed.class)).hasSize(2);
        assertThat(mark()).isEmpty();
    }

    private void docsRestWithTheirContainer() {
        bench.site.engine().create("app", State.RUNNING);
        bench.site.component(
                "shop",
                "docs",
                List.of(bench.docs),
                new Quiesce(
                        Quiesce.Mode.PAUSE,
                        List.of("app"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Quiesce.DEFAULT_LIMIT),
                "east");
    }

    @Test
    void putsThingsIntoAnotherDirectoryWithoutTouchingTheirOwn() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        Path target = directory.resolve("elsewhere");
        Path there = target.resolve("docs" + bench.docs);
        Files.createDirectories(there);
        Files.writeString(there.resolve("mine.txt"), "keep me");

        bench.carryOut(bench.requestInto(target.toString(), null, "docs"));

        assertThat(milestones()).containsExactly("RestorePlanned", "ComponentRestored", "RestoreCompleted");
        assertThat(there.resolve("a.txt")).hasContent("good docs");
        assertThat(there.resolve("mine.txt")).hasContent("keep me");
        assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
    }

    @Test
    void refusesATargetThatIsNoDirectoryOfItsOwn() throws Exception {
        bench.backUp("shop-1");
        for (String target :
                List.of("relative/path", "", "/", "/srv/../etc", TestSite.VAULTS + "/x", "/no\u0000path")) {
            bench.site.published().clear();

            bench.carryOut(bench.requestInto(target, null));

            RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
            assertThat(refused.code()).isEqualTo("HF-R10");
            assertThat(refused.message()).contains("Nothing was touched").doesNotContain("\u0000");
            assertThat(bench.site.published().events()).hasSize(1);
        }
    }

    @Test
    void refusesATargetInAVaultOrARegionByAnotherName() throws Exception {
        bench.backUp("shop-1");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/"));
        for (String target : List.of(link + TestSite.VAULTS + "/x", "/regions/east/shop")) {
            assertKeptOut(bench.requestInto(target, null), target);
        }
    }

    @Test
    void keepsOutOfWhatIsHoldfastsOwn() throws Exception {
        bench.backUp("shop-1");
        Path link = Files.createSymbolicLink(directory.resolve("link"), bench.own);
        Files.createDirectory(directory.resolve("others"));
        Files.createSymbolicLink(directory.resolve("others/docs"), bench.own);
        for (String target : List.of(
                bench.own.toString(),
                bench.own + "/deep/er",
                link + "/deep",
                directory + "/others",
                bench.site.settings().stateDirectory() + "/journal")) {
            assertKeptOut(bench.requestInto(target, null), target);
        }
        assertThat(bench.own).isEmptyDirectory();
        bench.site.published().clear();

        bench.carryOut(bench.requestInto(bench.own + "-not", null));

        assertThat(bench.site.published().all(RestoreCompleted.class)).hasSize(1);
    }

    @Test
    void keepsOutOfItAlsoWhereThePlanNamesItAsAComponentsPlace() throws Exception {
        Path inside = Files.createDirectory(bench.own.resolve("inside"));
        bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        plannedAt(List.of(inside), List.of());
        assertKeptOut(bench.request("latest", "docs"), inside.toString());

        plannedAt(List.of(directory), List.of());
        assertKeptOut(bench.request("latest", "docs"), bench.own.toString());
        assertThat(bench.site.published().only(RestoreRefused.class).message()).contains("Exclude that in the plan");
    }

    @Test
    void restoresAroundWhatIsHoldfastsOwnWhereThePlanExcludesIt() throws Exception {
        plannedAt(
                List.of(directory),
                List.of(
                        bench.own.toString(),
                        bench.site.settings().stateDirectory().toString()));
        Files.writeString(bench.own.resolve("vault"), "of old");
        bench.site.backUp(bench.docsId, "shop-1", directory);
        Files.writeString(bench.own.resolve("vault"), "of now");
        damageDocs();

        bench.carryOut(bench.request("latest", "docs"));

        assertThat(bench.site.published().all(RestoreCompleted.class)).hasSize(1);
        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        assertThat(bench.own.resolve("vault")).hasContent("of now");
    }

    private void plannedAt(List<Path> paths, List<String> exclude) {
        bench.site.component(
                "shop",
                "docs",
                new Source.Files(paths, List.of(), exclude, null, Quiesce.NONE).toJson(),
                TestSite.NAME,
                "east");
    }

    private void assertKeptOut(RestoreRequested request, String named) throws Exception {
        bench.site.published().clear();

        bench.carryOut(request);

        RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
        assertThat(refused.code()).isEqualTo("HF-R10");
        assertThat(refused.message()).contains(named, "Nothing was touched", "--to DIR");
        assertThat(bench.site.published().events()).hasSize(1);
    }

    @Test
    void refusesAVolumeForWhatIsNotTheContentOfOneDirectory() throws Exception {
        bench.backUp("shop-1");
        assertRefusedVolume(bench.requestIntoVolume("docs_of_friday", "docs"), "restore it into a directory");
        assertRefusedVolume(bench.requestIntoVolume("all_of_friday"), "2 components");
    }

    private void assertRefusedVolume(RestoreRequested request, String why) throws Exception {
        bench.site.published().clear();

        bench.carryOut(request);

        RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
        assertThat(refused.code()).isEqualTo("HF-R10");
        assertThat(refused.message()).containsIgnoringCase(why).contains("Nothing was touched");
    }

    @Test
    void saysThatTheComponentWasNotTouchedWhereItFailsElsewhere() throws Exception {
        bench.backUp("shop-1");
        loseThePacks();

        bench.carryOut(bench.requestInto(directory.resolve("elsewhere").toString(), null, "docs"));

        assertThat(bench.site.published().only(RestoreFailed.class).message())
                .contains("The component itself was not touched", "elsewhere")
                .doesNotContain("do not use it");
    }

    @Test
    void readsFromARegion() throws Exception {
        bench.backUp("shop-1");
        replicate();
        damageDocs();
        loseThePacks();

        bench.carryOut(bench.requestInto(directory.resolve("elsewhere").toString(), "east", "docs"));

        assertThat(directory.resolve("elsewhere/docs" + bench.docs).resolve("a.txt"))
                .hasContent("good docs");
    }

    @Test
    void refusesARegionThatIsNotPlanned() throws Exception {
        bench.backUp("shop-1");

        bench.carryOut(bench.requestInto(null, "atlantis"));

        RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
        assertThat(refused.code()).isEqualTo("HF-R07");
        assertThat(refused.message()).contains("atlantis", "east");
    }

    @Test
    void namesTheRegionsWhereTheVaultDoesNotHoldWhatIsAskedFor() throws Exception {
        bench.backUp("shop-1");
        bench.site.region("west");
        bench.site.component("shop", "docs", List.of(bench.docs), "east", "west");

        bench.carryOut(bench.request("shop-9"));
        bench.carryOut(bench.request("shop-1", "cache"));

        assertThat(bench.site.published().all(RestoreRefused.class))
                .extracting(RestoreRefused::code)
                .containsExactly("HF-R03", "HF-R04");
        assertThat(bench.site.published().all(RestoreRefused.class))
                .allSatisfy(
                        refused -> assertThat(refused.message())
                                .endsWith(
                                        "'holdfast backups' lists all. Another place may hold it: restore with --from-region east, or with --from-region west."));
    }

    @Test
    void namesTheOtherPlacesWhereARegionDoesNotHoldWhatIsAskedFor() throws Exception {
        bench.backUp("shop-1");
        replicate();

        bench.carryOut(bench.requestOf("shop", "shop-9", null, "east"));

        assertThat(bench.site.published().only(RestoreRefused.class).message())
                .endsWith(" Another place may hold it: restore without --from-region, from the site's vault.");
    }

    @Test
    void namesNoOtherPlaceWhereThereIsNone() throws Exception {
        bench.site.component("shop", "docs", List.of(bench.docs));
        bench.site.component("shop", "web", List.of(bench.web));
        bench.backUp("shop-1");

        bench.carryOut(bench.request("shop-9"));

        assertThat(bench.site.published().only(RestoreRefused.class).message())
                .endsWith("here are shop-1; 'holdfast backups' lists all.");
    }

    @Test
    void namesTheRegionsWhereThereIsNoVaultAtAll() throws Exception {
        bench.carryOut(bench.request("latest"));
        bench.carryOut(bench.requestInto(null, "east"));

        List<RestoreRefused> refused = bench.site.published().all(RestoreRefused.class);
        assertThat(refused).extracting(RestoreRefused::code).containsExactly("HF-R03", "HF-R03");
        assertThat(refused.getFirst().message())
                .contains("no vault of the stack 'shop'", "Nothing was touched", "--from-region east");
        assertThat(refused.getLast().message()).contains("region 'east' has no copy", "without --from-region");
    }

    @Test
    void bringsBackFromARegionWhatTheFoundedVaultDoesNotHold() throws Exception {
        bench.backUp("shop-1");
        replicate();
        MemoryBackend vault = bench.site.places().heldAt(VAULT);
        vault.handles().forEach(vault::delete);
        damageDocs();

        bench.carryOut(bench.requestOf("shop", "shop-1", null, "east"));

        assertThat(bench.site.published().only(RestoreCompleted.class).components())
                .containsExactly("docs", "web");
        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        assertThat(safetySnapshots()).hasSize(2);
    }

    @Test
    void answersARequestWhateverItsLength() throws Exception {
        bench.backUp("shop-1");

        bench.carryOut(bench.request("x".repeat(262_000)));

        RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
        assertThat(refused.code()).isEqualTo("HF-R03");
        assertThat(refused.message()).hasSizeLessThan(20_000).contains("xxx", "Nothing was touched");
    }

    @Test
    void refusesAStackThatThisSiteDoesNotHave() throws Exception {
        bench.carryOut(bench.requestOf("blog", "latest", null, null));

        RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
        assertThat(refused.code()).isEqualTo("HF-R08");
        assertThat(refused.message()).contains("blog", "Nothing was touched");
        assertThat(bench.site.places().heldAt(TestSite.VAULTS + "/blog").handles())
                .isEmpty();
    }

    @Test
    void refusesToPutBackIntoItsPlaceWhatIsNoLongerPlanned() throws Exception {
        Snapshot docs = bench.site.backUp(bench.docsId, "shop-1", bench.docs);
        docsLeaveThePlan();

        for (RestoreRequested request : List.of(
                bench.request("latest", "docs"),
                bench.request(docs.id().shortForm()),
                bench.requestIntoVolume("docs_of_friday", "docs"))) {
            bench.site.published().clear();

            bench.carryOut(request);

            RestoreRefused refused = bench.site.published().only(RestoreRefused.class);
            assertThat(refused.code()).isEqualTo("HF-R05");
            assertThat(refused.message())
                    .contains(
                            "shop/docs",
                            "holdfast restore " + docs.id().shortForm() + " --stack shop --to DIR",
                            "holdfast vault restore");
        }
    }

    @Test
    void restoresIntoADirectoryWhatIsNoLongerPlanned() throws Exception {
        bench.backUp("shop-1");
        docsLeaveThePlan();
        damageDocs();

        bench.carryOut(bench.requestInto(directory.resolve("elsewhere").toString(), null, "docs"));

        assertThat(milestones()).containsExactly("RestorePlanned", "ComponentRestored", "RestoreCompleted");
        assertThat(bench.site.published().only(RestoreCompleted.class).lacks()).isNull();
        assertThat(directory.resolve("elsewhere/docs" + bench.docs + "/a.txt")).hasContent("good docs");
        assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
    }

    @Test
    void restoresIntoADirectoryAllOfARecoveryPointWhateverIsPlannedSince() throws Exception {
        bench.backUp("shop-1");
        docsLeaveThePlan();

        bench.carryOut(
                bench.requestOf("shop", "shop-1", directory.resolve("elsewhere").toString(), null));

        RestoreCompleted completed = bench.site.published().only(RestoreCompleted.class);
        assertThat(completed.components()).containsExactly("docs", "web");
        assertThat(completed.lacks()).isNull();
    }

    @Test
    void restoresWhatThePlanHasAndNamesWhatItHasNoLonger() throws Exception {
        bench.backUp("shop-1");
        docsLeaveThePlan();
        damageDocs();
        String elsewhere = directory.resolve("elsewhere").toString();

        for (RestoreRequested request :
                List.of(bench.request("latest"), bench.request("shop-1"), bench.requestInto(elsewhere, null))) {
            bench.site.published().clear();

            bench.carryOut(request);

            RestoreCompleted completed = bench.site.published().only(RestoreCompleted.class);
            assertThat(completed.components()).containsExactly("web");
            assertThat(completed.lacks())
                    .startsWith("HF-R19 ")
                    .contains(
                            "no longer has: docs.",
                            "holdfast restore " + request.which() + " --stack shop -c docs --to DIR");
        }
        assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
    }

    @Test
    void restoresIntoADirectoryWhatLeftThePlanWithItsWholeStack() throws Exception {
        ComponentId posts = bench.site.component("blog", "posts", List.of(bench.docs), "east");
        bench.site.backUp(posts, "blog-1", bench.docs);
        bench.site.plan(new Retired("blog/component/posts", 2));

        bench.carryOut(bench.requestOf("blog", "latest", null, null));
        bench.carryOut(
                bench.requestOf("blog", "latest", directory.resolve("elsewhere").toString(), null));

        assertThat(bench.site.published().only(RestoreRefused.class).code()).isEqualTo("HF-R05");
        assertThat(bench.site.published().all(RestoreCompleted.class)).hasSize(1);
        assertThat(directory.resolve("elsewhere/posts" + bench.docs + "/a.txt")).hasContent("good docs");
    }

    /** What it had begun with may be half restored, so that it is not left out. */
    @Test
    void failsWhereThePlanLosesWhatItWasCutOffAt() throws Exception {
        bench.backUp("shop-1");
        Journal.Entry entry = bench.accepted(bench.request("latest"));
        bench.site.published().goAwayAfter(2);
        assertThatThrownBy(() -> bench.service().carryOut(entry)).isInstanceOf(BrokerUnavailable.class);
        bench.site.published().comeBack();
        docsLeaveThePlan();

        bench.service().carryOut(entry);

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        assertThat(failed.code()).isEqualTo("HF-R05");
        assertThat(failed.message()).contains("An earlier try was cut off");
    }

    private void docsLeaveThePlan() {
        bench.site.plan(new Retired("shop/component/docs", 2));
    }

    @Test
    void failsOnceWhenThePlanIsNotUnderstood() throws Exception {
        bench.backUp("shop-1");
        bench.site.component(
                "shop",
                "docs",
                EventJson.tree("{\"kind\":\"quantum-disk\"}".getBytes(StandardCharsets.UTF_8)),
                TestSite.NAME);

        bench.carryOut(bench.request("latest"));

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        assertThat(failed.code()).isEqualTo("HF-R11");
        assertThat(failed.message()).contains("quantum-disk", "Nothing was touched.");
    }

    @Test
    void saysWhatIsHalfRestoredAndTheWayBack() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        Set<Handle> packs = packs();
        Files.writeString(bench.web.resolve("index.html"), "other web");
        Files.writeString(bench.web.resolve("style.css"), "other style");
        bench.backUp("shop-2");
        lose(packs, "the content that shop-2 added");
        Files.writeString(bench.web.resolve("index.html"), "damaged web");
        Files.writeString(bench.web.resolve("style.css"), "damaged style");

        bench.carryOut(bench.request("shop-2", "web"));

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        Snapshot safety = safetySnapshots().getFirst();
        assertThat(failed.code()).isEqualTo("HF-R06");
        assertThat(failed.component()).isEqualTo("web");
        assertThat(failed.message())
                .startsWith("2 files could not be put back: ")
                .contains(
                        bench.web.resolve("index.html").toString(),
                        bench.web.resolve("style.css").toString())
                .doesNotContain("..")
                .contains(". The component web may be half restored; do not use it.")
                .contains("holdfast restore " + safety.id().shortForm() + " --reason");
    }

    @Test
    void saysThatNothingWasTouchedWhenThePresentStateCannotBeKept() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        bench.site.places().at(VAULT).on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Failure(Kind.FULL));

        bench.carryOut(bench.request("latest"));

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        assertThat(failed.code()).isEqualTo("HF-V12");
        assertThat(failed.component()).isEqualTo("docs");
        assertThat(failed.message())
                .startsWith("The restore of shop/docs was not begun")
                .contains("no room in the vault memory", "--to DIR")
                .endsWith("Nothing was touched.")
                .doesNotContain("half restored");
        assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
    }

    @Test
    void goesOnAfterACrashAndKeepsTheFirstState() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        RestoreRequested request = bench.request("latest");
        Journal.Entry entry = bench.accepted(request);
        bench.site.published().goAwayAfter(3);
        assertThatThrownBy(() -> bench.service().carryOut(entry)).isInstanceOf(BrokerUnavailable.class);
        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        List<SafetySnapshotTaken> before = bench.site.published().all(SafetySnapshotTaken.class);

        bench.site.published().comeBack();
        bench.site.published().clear();
        bench.site.clock().advance(Duration.ofMinutes(1));
        bench.service().carryOut(entry);

        assertThat(bench.site.published().all(SafetySnapshotTaken.class))
                .hasSize(2)
                .containsAll(before);
        assertThat(safetySnapshots()).hasSize(2);
        assertThat(bench.site.published().only(RestoreCompleted.class).took()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void restoresAfterACrashWhatItChoseBefore() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        Journal.Entry entry = bench.accepted(bench.request("latest", "docs"));
        bench.site.clock().advance(Duration.ofMinutes(1));
        bench.site.backUp(bench.docsId, "shop-captured-in-between", bench.docs);

        bench.service().carryOut(entry);

        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
    }

    @Test
    void neverSaysThatNothingWasTouchedAfterItWasCutOff() throws Exception {
        bench.backUp("shop-1");
        Journal.Entry entry = bench.accepted(bench.request("latest"));
        CarryOutRestore service = bench.service();
        bench.site.published().goAwayAfter(2);
        assertThatThrownBy(() -> service.carryOut(entry)).isInstanceOf(BrokerUnavailable.class);
        bench.site.published().comeBack();
        bench.site.places().takeDown(VAULT);

        service.carryOut(entry);

        RestoreFailed failed = bench.site.published().only(RestoreFailed.class);
        assertThat(failed.message()).contains("An earlier try was cut off").doesNotContain("Nothing was touched");
    }

    @Test
    void refusesAfterARestartWhatWasNeverBegun() throws Exception {
        bench.backUp("shop-1");
        Journal.Entry entry = bench.accepted(bench.request("latest", "docs"));
        bench.site.clock().advance(Duration.ofMinutes(1));
        CarryOutRestore restarted = bench.service();
        docsLeaveThePlan();

        restarted.carryOut(entry);

        assertThat(bench.site.published().only(RestoreRefused.class).code()).isEqualTo("HF-R05");
        assertThat(bench.site.published().all(RestoreFailed.class)).isEmpty();
    }

    @Test
    void tellsTheOutcomeAgainWithoutPuttingAnythingBackTwice() throws Exception {
        bench.backUp("shop-1");
        Journal.Entry entry = bench.accepted(bench.request("latest"));
        bench.service().carryOut(entry);
        Files.writeString(bench.docs.resolve("a.txt"), "changed since");

        bench.service().carryOut(entry);

        assertThat(bench.docs.resolve("a.txt")).hasContent("changed since");
        assertThat(bench.site.published().all(RestoreCompleted.class))
                .hasSize(2)
                .containsOnly(bench.site.published().all(RestoreCompleted.class).getFirst());
    }

    @Test
    void touchesNothingAndSaysOnceThatItWaitsWhileSomebodyElseHoldsAComponent() throws Exception {
        bench.backUp("shop-1");
        damageDocs();
        Files.writeString(bench.web.resolve("index.html"), "damaged");
        Journal.Entry entry = bench.accepted(bench.request("latest"));
        try (var _ = bench.site.leases().take(List.of(bench.webId))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> bench.service().carryOut(entry)).isInstanceOf(InUse.class);
            }
            assertThat(bench.site.published().only(RestoreWaiting.class).message())
                    .contains("another backup or restore is at shop/web. Nothing was touched yet");
            assertThat(bench.site.published().names()).containsExactly("RestoreWaiting");
            assertThat(bench.docs.resolve("a.txt")).hasContent("damaged");
        }

        bench.service().carryOut(entry);

        assertThat(bench.docs.resolve("a.txt")).hasContent("good docs");
        assertThat(bench.web.resolve("index.html")).hasContent("good web");
    }

    @Test
    void goesElsewhereWhileSomebodyElseHoldsTheComponent() throws Exception {
        bench.backUp("shop-1");
        Path target = bench.directory.resolve("elsewhere");
        try (var _ = bench.site.leases().take(List.of(bench.docsId))) {
            bench.carryOut(bench.requestInto(target.toString(), null, "docs"));
        }

        assertThat(target.resolve("docs" + bench.docs).resolve("a.txt")).hasContent("good docs");
    }

    @Test
    void announcesNoFailureWhenItIsStopped() throws Exception {
        bench.backUp("shop-1");
        Journal.Entry entry = bench.accepted(bench.request("latest"));
        bench.site
                .places()
                .at(VAULT)
                .on(
                        Trigger.of(Operation.LOAD),
                        new Fault.Before(() -> Thread.currentThread().interrupt()))
                .on(Trigger.of(Operation.LOAD), new Fault.Failure(Kind.UNREACHABLE));

        assertThatThrownBy(() -> bench.service().carryOut(entry)).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.site.published().all(RestoreFailed.class)).isEmpty();
    }

    private void damageDocs() throws IOException {
        Files.writeString(bench.docs.resolve("a.txt"), "damaged");
        Files.writeString(bench.docs.resolve("new.txt"), "new");
    }

    private void replicate() throws IOException {
        bench.site.replicate("shop", "east");
    }

    private Set<Handle> packs() {
        var packs = new HashSet<>(bench.site.places().heldAt(VAULT).handles());
        packs.removeIf(handle -> handle.type() != FileType.PACK);
        return packs;
    }

    private void loseThePacks() throws IOException {
        lose(Set.of(), "every pack of files' content");
    }

    private void lose(Set<Handle> butFor, String what) throws IOException {
        MemoryBackend vault = bench.site.places().heldAt(VAULT);
        Set<Handle> lost = packs();
        lost.removeAll(butFor);
        int before = lost.size();
        for (Handle handle : Set.copyOf(lost)) {
            byte[] whole = vault.load(handle);
            vault.corrupt(handle, new byte[4]);
            if (!namesAreThere()) {
                vault.corrupt(handle, whole);
                lost.remove(handle);
            }
        }
        assertThat(lost).as(what).isNotEmpty().hasSizeLessThan(before);
    }

    /** Damage that shows only when a file is read, since what is found before touches nothing. */
    private boolean namesAreThere() throws IOException {
        Vault vault = bench.site.reopenedVaults().of("shop");
        try {
            for (Snapshot snapshot : vault.snapshots()) {
                vault.contents().list(snapshot.id(), "/", _ -> {});
            }
            return true;
        } catch (VaultException _) {
            return false;
        }
    }

    private List<Snapshot> safetySnapshots() throws IOException {
        return bench.site.vaults().of("shop").snapshots().stream()
                .filter(snapshot -> SnapshotTags.of(snapshot).orElseThrow().kind() == SnapshotKind.SAFETY)
                .toList();
    }
}
