package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.AuditEvent.ActionAudited;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.ProgressEvent.RestoreProgressed;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.RestoreAccepted;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreFailed;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.events.RestoreEvent.Step;
import io.holdfast.events.RestoreId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@FreshConsole
class RestoresApiIT extends ConsoleTestBase {

    private static final String RESTORE = "/api/backups/restore";
    private static final RecoveryPointId NIGHT = Samples.point("rag", 1);

    @BeforeEach
    void planAndBackup() {
        feedPlan();
        feed(Samples.wholeRun(NIGHT));
    }

    @Test
    void asksTheSiteThatHoldsTheVault() throws Exception {
        HttpResponse<String> accepted = post(OPERATOR, RESTORE, """
                {"backup_id": "nightly", "collections": ["rag/redis"], "target_directory": "/srv/check",
                 "from_region": "north", "reason": "disk died"}""");

        assertThat(accepted.statusCode()).isEqualTo(202);
        String id = json(accepted).path("id").asString();
        assertThat(publisher.published().getLast().topic()).isEqualTo("holdfast.requests.local");
        assertThat(publisher.all(RestoreRequested.class).getFirst())
                .isEqualTo(new RestoreRequested(
                        new RestoreId(id),
                        "rag",
                        List.of("redis"),
                        NIGHT.value(),
                        null,
                        "/srv/check",
                        null,
                        "north",
                        "otto",
                        "disk died",
                        Samples.NOW.plusSeconds(900)));
        assertThat(publisher.all(ActionAudited.class).getFirst())
                .extracting(ActionAudited::action, ActionAudited::reason)
                .containsExactly("restore", "disk died");
        JsonNode shown = json(get(VIEWER, "/api/restores/" + id));
        assertThat(shown.path("status").asString()).isEqualTo("REQUESTED");
        assertThat(shown.path("from").asString()).isEqualTo("north");
    }

    @Test
    void backupIdAndCollectionsAreEnough() throws Exception {
        assertThat(post(OPERATOR, RESTORE, "{\"backup_id\":\"latest\",\"collections\":[]}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(publisher.all(RestoreRequested.class).getFirst())
                .extracting(RestoreRequested::which, RestoreRequested::reason)
                .containsExactly("latest", "requested over REST");
    }

    @Test
    void oneSnapshotBringsBackItsComponentAlone() throws Exception {
        String snapshot = Samples.snapshot(NIGHT, "redis").value();
        post(OPERATOR, RESTORE, "{\"backup_id\":\"%s\"}".formatted(snapshot));

        assertThat(publisher.all(RestoreRequested.class).getFirst())
                .extracting(RestoreRequested::which, RestoreRequested::components)
                .containsExactly(snapshot, List.of("redis"));
    }

    @Test
    void aTimeChoosesTheStateItself() throws Exception {
        post(OPERATOR, RESTORE, "{\"at\":\"2026-01-05T00:00:00Z\"}");

        assertThat(publisher.all(RestoreRequested.class).getFirst())
                .extracting(RestoreRequested::which, r -> String.valueOf(r.at()))
                .containsExactly("latest", "2026-01-05T00:00:00Z");
    }

    @Test
    void asksTheSiteToLookInARegionForWhatTheConsoleDoesNotKnow() throws Exception {
        for (String asked : List.of("rag-2020", "before-the-upgrade")) {
            assertThat(post(
                                    OPERATOR,
                                    RESTORE,
                                    "{\"backup_id\":\"%s\",\"collections\":[\"redis\"],\"from_region\":\"north\"}"
                                            .formatted(asked))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(publisher.all(RestoreRequested.class).getLast())
                    .extracting(RestoreRequested::which, RestoreRequested::components, RestoreRequested::fromRegion)
                    .containsExactly(asked, List.of("redis"), "north");
        }
        publisher.clear();
        assertRefused("{\"backup_id\":\"rag-2020\",\"from_region\":\"nroth\"}", 422, "HF-C17");
        assertRefused(
                "{\"backup_id\":\"rag-2020\",\"collections\":[\"reids\"],\"from_region\":\"north\"}", 422, "HF-C13");
        assertRefused("{\"backup_id\":\"rag\\n2020\",\"from_region\":\"north\"}", 422, "HF-C18");
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void asksTheSiteToLookInARegionForWhatNoPlaceIsKnownToHold() throws Exception {
        RecoveryPointId lost = Samples.point("rag", 98);
        feed(List.of(Samples.requested(lost, "lost", "redis")));

        assertRefused("{\"backup_id\":\"lost\"}", 409, "HF-C16");
        assertThat(post(OPERATOR, RESTORE, "{\"backup_id\":\"lost\",\"from_region\":\"north\"}")
                        .statusCode())
                .isEqualTo(202);

        assertThat(publisher.all(RestoreRequested.class).getFirst().which()).isEqualTo(lost.value());
    }

    @Test
    void namesTheRegionsWhereNoBackupIsKnown() throws Exception {
        feed(List.of(Samples.planned(new ComponentId("new", "pages"))));

        for (String state : List.of("\"backup_id\":\"latest\"", "\"at\":\"2026-01-05T00:00:00Z\"")) {
            HttpResponse<String> refused = post(OPERATOR, RESTORE, "{%s,\"stack\":\"new\"}".formatted(state));
            assertThat(code(refused)).isEqualTo("HF-C15");
            assertThat(json(refused).path("detail").asString())
                    .contains("No backup is known yet.")
                    .endsWith(" A region may hold it: restore with --from-region north ('from_region' over REST).");
            assertThat(post(OPERATOR, RESTORE, "{%s,\"stack\":\"new\",\"from_region\":\"north\"}".formatted(state))
                            .statusCode())
                    .isEqualTo(202);
        }
        feed(List.of(new Retired("new/component/pages", 2)));
    }

    @Test
    void asksForARestoreIntoANewVolume() throws Exception {
        HttpResponse<String> accepted = post(OPERATOR, RESTORE, """
                {"backup_id": "nightly", "collections": ["redis"], "target_volume": "redis_of_friday"}""");

        assertThat(accepted.statusCode()).isEqualTo(202);
        RestoreRequested request = publisher.all(RestoreRequested.class).getFirst();
        assertThat(request.targetVolume()).isEqualTo("redis_of_friday");
        assertThat(request.targetDirectory()).isNull();
    }

    @Test
    void refusesWhatCannotBeMeantAndPublishesNothing() throws Exception {
        assertRefused("{\"backup_id\":\"backup-19990101\"}", 404, "HF-C15");
        assertRefused("{\"backup_id\":\"nightly\",\"collections\":[\"reids\"]}", 422, "HF-C13");
        assertRefused("{\"backup_id\":\"nightly\",\"from_region\":\"nroth\"}", 422, "HF-C17");
        assertRefused("{\"backup_id\":\"nightly\",\"target_directory\":\"../etc\"}", 422, "HF-C18");
        String endless = "/x".repeat(2049);
        assertRefused("{\"backup_id\":\"nightly\",\"target_directory\":\"" + endless + "\"}", 422, "HF-C18");
        assertRefused("{\"backup_id\":\"nightly\",\"target_volume\":\"v\"}", 422, "HF-C18");
        String redis = "{\"backup_id\":\"nightly\",\"collections\":[\"redis\"],\"target_volume\":";
        assertRefused(redis + "\"../etc\"}", 422, "HF-C18");
        assertRefused(redis + "\"v\",\"target_directory\":\"/srv/check\"}", 422, "HF-C18");
        assertRefused("{\"backup_id\":\"nightly\",\"at\":\"2026-01-05T00:00:00Z\"}", 422, "HF-C18");
        assertRefused("{\"backup_id\":\"nightly\",\"reason\":\"two\\nlines\"}", 422, "HF-C18");
        assertRefused("{\"collections\":[\"redis\"]}", 422, "HF-C18");
        assertRefused("{\"backup_id\":\"latest\",\"at\":\"2026-01-05T00:00:00Z\"}", 422, "HF-C18");
        assertRefused("{\"backup_id\":\"nightly\",\"backup_id\":\"latest\"}", 400, "HF-C08");
        assertRefused("{\"backup_id\":\"nightly\",\"colections\":[\"redis\"]}", 400, "HF-C08");
        assertThat(publisher.published()).isEmpty();
    }

    /** Harness and test agree that it is {@link Samples#NOW}. */
    @Test
    void takesNoTimeThatIsNotWrittenOutOrIsToCome() throws Exception {
        for (String no :
                List.of("yesterday", "", "1767571200", "2026-01-05", "2026-11-21T06:05:01Z", "2062-01-05T00:00:00Z")) {
            assertRefused("{\"at\":\"%s\"}".formatted(no), 422, "HF-C18");
        }
        assertRefused("{\"at\":1767571200}", 400, "HF-C08");
        assertThat(publisher.published()).isEmpty();
        for (String yes : List.of("2026-11-21T06:05:00Z", "2026-01-05T00:00:00+01:00")) {
            assertThat(post(OPERATOR, RESTORE, "{\"at\":\"%s\"}".formatted(yes)).statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void asksWhichStackIsMeantWhereSeveralKnowAName() throws Exception {
        feed(List.of(
                Samples.requested(Samples.point("rag", 7), "weekly", "redis"),
                new RecoveryPointRequested(
                        "web",
                        Samples.point("web", 7),
                        List.of("pages"),
                        BackupKind.INCREMENTAL,
                        "weekly",
                        "local",
                        Samples.NOW.plusSeconds(900))));

        assertRefused("{\"backup_id\":\"weekly\"}", 422, "HF-C12");
        assertRefused("{\"backup_id\":\"weekly\",\"stack\":\"rag\"}", 409, "HF-C16");
        assertRefused("{\"backup_id\":\"weekly\",\"collections\":[\"rag/redis\"]}", 409, "HF-C16");
        assertThat(publisher.published()).isEmpty();
    }

    /** As of a script's variable that is not set: it must not make a restore elsewhere one in place. */
    @ParameterizedTest
    @ValueSource(strings = {"target_directory", "target_volume", "from_region", "stack"})
    void takesNothingForLeftOutThatIsGivenAndEmpty(String field) throws Exception {
        for (String empty : List.of("", " ")) {
            assertRefused("{\"backup_id\":\"nightly\",\"%s\":\"%s\"}".formatted(field, empty), 422, "HF-C18");
        }
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void aBackupThatIsNotDoneHoldsNothingYet() throws Exception {
        feed(List.of(Samples.requested(Samples.point("rag", 99), "running", "redis")));
        assertRefused("{\"backup_id\":\"running\"}", 409, "HF-C16");
    }

    @Test
    void theSameKeyGivesTheSameRestoreEvenAfterARestart() throws Exception {
        var first = post(OPERATOR, RESTORE, "{\"backup_id\":\"nightly\"}", "Idempotency-Key", "r-1");
        var again = post(OPERATOR, RESTORE, "{\"backup_id\":\"nightly\"}", "Idempotency-Key", "r-1");
        var other = post(OPERATOR, RESTORE, "{\"backup_id\":\"latest\"}", "Idempotency-Key", "r-1");

        assertThat(json(again)).isEqualTo(json(first));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(publisher.all(RestoreRequested.class)).hasSize(1);
    }

    @Test
    void followsARestoreToItsEnd() throws Exception {
        var id = new RestoreId("restore-followed");
        feed(List.of(
                new RestoreAccepted(id, "rag", "local", "otto", "disk died"),
                new RestorePlanned(
                        id,
                        "rag",
                        "local",
                        "vault",
                        List.of(new Step(
                                "redis", Samples.snapshot(NIGHT, "redis"), Samples.day(1), "volume rag_redis"))),
                new RestoreProgressed(id, "rag", "redis", 2, 512)));
        JsonNode running = json(get(VIEWER, "/api/restores/" + id));
        feed(List.of(
                new ComponentRestored(
                        id, "rag", "redis", Samples.snapshot(NIGHT, "redis"), 2, 1, 0, 1000, null, "HF-R18 owners"),
                new RestoreCompleted(id, "rag", List.of("redis"), Duration.ofSeconds(9), "HF-R16 nothing of files"),
                new RestoreProgressed(id, "rag", "redis", 2, 512)));
        JsonNode done = json(get(VIEWER, "/api/restores/" + id));

        assertThat(running.path("status").asString()).isEqualTo("RUNNING");
        assertThat(running.path("components").get(0).path("bytes").asLong()).isEqualTo(512);
        assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(done.path("components").get(0).path("restored").asBoolean()).isTrue();
        assertThat(done.path("components").get(0).path("bytes").asLong()).isEqualTo(1000);
        assertThat(done.path("lacks").asString()).isEqualTo("HF-R16 nothing of files");
        assertThat(done.path("components").get(0).path("altered").asString()).isEqualTo("HF-R18 owners");
        assertThat(done.path("components").get(0).has("lacks")).isFalse();
    }

    @Test
    void aRestoreThatWaitsSaysWhyUntilItBegins() throws Exception {
        var id = new RestoreId("restore-waiting");
        feed(List.of(
                new RestoreAccepted(id, "rag", "local", "otto", "disk died"),
                new RestoreWaiting(id, "rag", "local", "HF-R15", "Another is at it.")));
        JsonNode waiting = json(get(VIEWER, "/api/restores/" + id));
        feed(List.of(new RestorePlanned(id, "rag", "local", "vault", List.of())));
        JsonNode running = json(get(VIEWER, "/api/restores/" + id));

        assertThat(waiting.path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(waiting.path("message").asString()).isEqualTo("Another is at it.");
        assertThat(running.path("status").asString()).isEqualTo("RUNNING");
        assertThat(running.path("message").asString("")).isEmpty();
    }

    @Test
    void aRestoreThatStoppedSaysWhereAndWhy() throws Exception {
        var id = new RestoreId("restore-stopped");
        feed(List.of(new RestoreFailed(id, "rag", List.of("files"), "redis", "HF-R7", "The disk is full.")));
        JsonNode failed = json(get(VIEWER, "/api/restores/" + id));

        assertThat(failed.path("status").asString()).isEqualTo("FAILED");
        assertThat(failed.path("message").asString()).isEqualTo("The disk is full.");
        assertThat(failed.path("components").get(0).path("restored").asBoolean())
                .isTrue();
        assertThat(failed.path("components").get(1).path("stopped_here").asBoolean())
                .isTrue();
    }

    @Test
    void aRequestThatNobodyTookOnIsExpired() throws Exception {
        feed(List.of(new RestoreRequested(
                new RestoreId("restore-late"),
                "rag",
                List.of(),
                "latest",
                null,
                null,
                null,
                null,
                "otto",
                "why",
                Samples.NOW.minusSeconds(1))));

        assertThat(json(get(VIEWER, "/api/restores/restore-late"))
                        .path("status")
                        .asString())
                .isEqualTo("EXPIRED");
        assertThat(get(VIEWER, "/api/restores/none").statusCode()).isEqualTo(404);
    }

    private void assertRefused(String body, int status, String code) throws Exception {
        var refused = post(OPERATOR, RESTORE, body);
        assertThat(refused.statusCode()).as(body).isEqualTo(status);
        assertThat(code(refused)).as(body).isEqualTo(code);
    }
}
