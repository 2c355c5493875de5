package io.holdfast.site.testing;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.messaging.Announcer;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.Journal;
import io.holdfast.site.OwnFiles;
import io.holdfast.site.RestoreMarks;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteSettings;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.sources.quiesce.testing.FakeEngine;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A site in a directory, with its vaults in memory, no broker and a clock that the test moves. Its plan has the site
 * itself from the start; components and regions are added by the test.
 */
public final class TestSite {

    public static final String NAME = "here";
    public static final String VAULTS = "/vaults";

    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

    private final MovedClock clock = new MovedClock(START);
    private final CollectingPublisher published = new CollectingPublisher();
    private final MemoryPlaces places = new MemoryPlaces();
    private final SitePlan plan = new SitePlan(NAME);
    private final SiteVaults vaults;
    private final Path passwordFile;
    private final SiteSettings settings;
    private final ComponentLeases leases;
    private final RestoreMarks restoreMarks;
    private final DockerEngine docker = DockerEngine.fromEnvironment(System.getenv());
    private final FakeEngine engine = new FakeEngine();
    private final Brackets brackets;

    public TestSite(Path directory) throws IOException {
        passwordFile = directory.resolve("password");
        Files.writeString(passwordFile, "correct horse");
        settings = new SiteSettings(
                NAME, directory.resolve("state"), Duration.ofSeconds(5), List.of(directory.resolve("own")));
        restoreMarks = new RestoreMarks(settings);
        vaults = new SiteVaults(plan, places, restoreMarks, settings);
        leases = new ComponentLeases(settings);
        brackets = Brackets.with(
                settings.stateDirectory(),
                engine,
                (argv, _) -> {
                    throw new IOException("no program is run here: " + argv);
                },
                clock);
        plan(new SitePlanned(NAME, VAULTS, "file:" + passwordFile, 1));
    }

    public MovedClock clock() {
        return clock;
    }

    public CollectingPublisher published() {
        return published;
    }

    public MemoryPlaces places() {
        return places;
    }

    public SitePlan plan() {
        return plan;
    }

    public SiteVaults vaults() {
        return vaults;
    }

    public Sources sources() {
        return new Sources(new Host(_ -> null, clock, docker));
    }

    public SiteSettings settings() {
        return settings;
    }

    public ComponentLeases leases() {
        return leases;
    }

    public RestoreMarks restoreMarks() {
        return restoreMarks;
    }

    /** What is Holdfast's own here: the state directory and a directory {@code own} beside it. */
    public OwnFiles ownFiles() {
        return new OwnFiles(plan, settings);
    }

    /** The containers of the site's host. */
    public FakeEngine engine() {
        return engine;
    }

    public Brackets brackets() {
        return brackets;
    }

    public Path passwordFile() {
        return passwordFile;
    }

    /** The voice of one of the site's services, into {@link #published}. */
    public Announcer announcer() {
        return new Announcer(published, settings.sourceOf("test"), clock);
    }

    /** Opens the journal of a service, as after a restart. */
    public Journal journal() throws IOException {
        return Journal.open(settings.stateDirectory().resolve("journal"), clock.instant());
    }

    /** Other services on the same vaults, as after a restart. */
    public SiteVaults reopenedVaults() {
        return new SiteVaults(plan, places, restoreMarks, settings);
    }

    /** Takes a record into the plan. */
    public void plan(PlanRecord record) {
        plan.apply(new Envelope("id", "/central/console", clock.instant(), "plan", record));
    }

    /** Says that a revision of the plan is whole. */
    public void publishPlan(long revision, String text) {
        plan(new PlanPublished(revision, revision - 1, text, "operator"));
    }

    /** Plans a component that captures files, with copies in regions. */
    public ComponentId component(String stack, String name, List<Path> paths, String... regions) {
        return component(stack, name, paths, Quiesce.NONE, regions);
    }

    /** Plans a component that captures files while something rests. */
    public ComponentId component(String stack, String name, List<Path> paths, Quiesce quiesce, String... regions) {
        return component(
                stack, name, new Source.Files(paths, List.of(), List.of(), null, quiesce).toJson(), NAME, regions);
    }

    /** Plans a component of any source, at any site. */
    public ComponentId component(String stack, String name, JsonNode source, String site, String... regions) {
        var id = new ComponentId(stack, name);
        plan(new ComponentPlanned(
                id, site, source, List.of(), List.of(regions), Duration.ofDays(1), null, null, 20, 0, 1, null, null));
        return id;
    }

    /** Captures paths into the stack's vault as they are, as a backup of a recovery point. */
    public Snapshot backUp(ComponentId component, String point, Path... paths) throws IOException {
        return backUp(component, point, SnapshotKind.REGULAR, null, paths);
    }

    /** Captures paths into the stack's vault as they are. */
    public Snapshot backUp(ComponentId component, String point, SnapshotKind kind, @Nullable String name, Path... paths)
            throws IOException {
        var recoveryPoint = new RecoveryPointId(point);
        var tags = new SnapshotTags(component, BackupId.of(component, recoveryPoint), 1, recoveryPoint, kind, name);
        List<Root> roots = Stream.of(paths)
                .<Root>map(path -> new Root.Tree(path, "/" + component + path))
                .toList();
        var spec = BackupSpec.of(roots)
                .withPaths(List.of("/" + component))
                .withHostname(NAME)
                .withTags(tags.wire())
                .withTime(clock.instant());
        return vaults.ofOrNew(component.stack()).backup(spec, Progress.NONE).snapshot();
    }

    /** Copies all that a stack's vault has into a region. */
    public void replicate(String stack, String region) throws IOException {
        try (Backend place = vaults.placeIn(plan.region(region).orElseThrow(), stack)) {
            vaults.of(stack).copies().replicate(place, ReplicationSpec.ALL, ReplicationListener.NONE);
        }
    }

    /** The stack's vault is gone, as if its disk were new. */
    public void loseVault(String stack) throws IOException {
        MemoryBackend held = places.heldAt(VAULTS + "/" + stack);
        for (Handle handle : held.handles()) {
            held.delete(handle);
        }
    }

    /** The stack's vault is gone, and that there was one is not known any more: as on a new machine. */
    public void loseMachine(String stack) throws IOException {
        loseVault(stack);
        Files.delete(settings.stateDirectory().resolve("vaults").resolve(stack));
    }

    /** Plans a region, in memory like the vaults. */
    public RegionPlanned region(String name) {
        var region = new RegionPlanned(name, "/regions/" + name, null, null, 1);
        plan(region);
        return region;
    }
}
