package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.PlanRecord.SitePlanned;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** One plan's life, step by step. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@FreshConsole
class PlanApiIT extends ConsoleTestBase {

    private static final String FIRST = """
            version: 1
            vaults: {directory: /srv/vaults, password: "file:/run/secrets/vault"}
            regions:
              - {name: north, location: /mnt/north}
            stacks:
              - name: wiki
                components:
                  - {name: pages, files: {paths: [/srv/wiki/pages]}, schedule: "@daily", keep: {last: 7}}
                  - {name: config, files: {paths: [/srv/wiki/etc]}, schedule: "@daily", keep: {last: 7}}
            """;

    private static final String SECOND = FIRST.replaceFirst("(?m)^.*name: config.*\\R", "");

    @Test
    @Order(1)
    void withoutAPlanThereIsNothingToShowOrBackUp() throws Exception {
        assertThat(code(get(VIEWER, "/api/plan"))).isEqualTo("HF-C24");
        assertThat(code(post(OPERATOR, "/api/backups/create", "{}"))).isEqualTo("HF-C11");
    }

    @Test
    @Order(2)
    void aPlanWithProblemsNamesEachWithItsLine() throws Exception {
        var refused = put("version: 1\nvaluts: {}\nstacks: 7\n");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(code(refused)).isEqualTo("HF-C22");
        assertThat(json(refused).path("problems").size()).isGreaterThan(1);
        assertThat(json(refused).path("problems").get(0).path("line").asInt()).isPositive();
        assertThat(json(refused).path("problems").get(0).path("remedy").asString())
                .isNotEmpty();
        assertThat(publisher.all(PlanRecord.class)).isEmpty();
    }

    @Test
    @Order(2)
    void theMembersOfAProblemComeInOneOrder() throws Exception {
        assertThat(json(put("version: 1\n")).propertyNames())
                .containsExactly("title", "status", "detail", "instance", "code", "problems");
        assertThat(json(get("", "/api/plan")).propertyNames())
                .containsExactly("title", "status", "detail", "instance", "code");
    }

    @Test
    @Order(3)
    void whatTheBrokerTakesByHalvesIsCompletedByPublishingAgain() throws Exception {
        publisher.goAwayAfter(3);
        assertThat(put(FIRST).statusCode()).isEqualTo(503);
        assertThat(code(get(VIEWER, "/api/plan"))).isEqualTo("HF-C24");
        publisher.clear();

        var published = put(FIRST);

        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
        assertThat(published.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(publisher.all(PlanRecord.class))
                .extracting(PlanRecord::revision)
                .containsOnly(1L);
    }

    @Test
    @Order(4)
    void theRecordsSayWhatThePlanSaysAndTheTextComesLast() throws Exception {
        var published = put(FIRST + "# touched\n", "If-Match", "\"1\"");

        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
        var records = publisher.all(PlanRecord.class);
        assertThat(records.getLast()).isEqualTo(new PlanPublished(2, 1, FIRST + "# touched\n", "ada"));
        assertThat(publisher.all(SitePlanned.class))
                .containsExactly(new SitePlanned("local", "/srv/vaults", "file:/run/secrets/vault", 2));
        assertThat(publisher.all(RegionPlanned.class))
                .containsExactly(new RegionPlanned("north", "/mnt/north", null, null, 2));
        assertThat(publisher.all(EscalationPlanned.class)).hasSize(1);
        var pages = publisher.all(ComponentPlanned.class).getFirst();
        assertThat(pages.component()).hasToString("wiki/pages");
        assertThat(pages.expectedInterval()).isEqualTo(Duration.ofDays(1));
        assertThat(pages.source().path("kind").asString()).isEqualTo("files");
        assertThat(pages.schedules().getFirst().cron()).isEqualTo("@daily");
    }

    @Test
    @Order(5)
    void theSameTextAgainChangesNothing() throws Exception {
        var again = put(FIRST + "# touched\n");

        assertThat(again.statusCode()).isIn(200, 428);
        again = put(FIRST + "# touched\n", "If-Match", "\"2\"");
        assertThat(json(again).path("changed").asBoolean()).isFalse();
        assertThat(json(again).path("revision").asLong()).isEqualTo(2);
        assertThat(publisher.all(PlanRecord.class)).isEmpty();
    }

    @Test
    @Order(6)
    void aPlanMadeFromAnotherRevisionIsRefused() throws Exception {
        assertThat(put(SECOND).statusCode()).isEqualTo(428);
        var stale = put(SECOND, "If-Match", "\"1\"");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).path("revision").asLong()).isEqualTo(2);
        assertThat(json(stale).path("detail").asString()).contains("'holdfast plan show', or GET /api/plan");
        assertThat(publisher.all(PlanRecord.class)).isEmpty();
    }

    @Test
    @Order(7)
    void twoRevisionsToReplaceMustAgree() throws Exception {
        for (String ifMatch : new String[] {"\"1\"", "*"}) {
            var torn = putAt("/api/plan?replaces=2", SECOND, "If-Match", ifMatch);

            assertThat(torn.statusCode()).isEqualTo(400);
            assertThat(code(torn)).isEqualTo("HF-C08");
        }
        assertThat(publisher.all(PlanRecord.class)).isEmpty();
        var agreed = putAt("/api/plan?replaces=2", FIRST + "# touched\n", "If-Match", "\"2\"");
        assertThat(agreed.statusCode()).as(agreed.body()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void whatThePlanNoLongerHasIsRetiredAndTold() throws Exception {
        var published = put(SECOND, "If-Match", "\"2\"");

        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(consequences(published))
                .singleElement()
                .asString()
                .contains("wiki/config is protected no longer", "Its backups stay");
        assertThat(publisher.all(Retired.class)).containsExactly(new Retired("wiki/component/config", 3));
        assertThat(json(get(VIEWER, "/api/plan")).path("text").asString()).isEqualTo(SECOND);
        assertThat(code(post(OPERATOR, "/api/backups/create", "{\"collections\":[\"config\"]}")))
                .isEqualTo("HF-C13");
    }

    @Test
    @Order(9)
    void nothingIsKnownToHaveBeenCapturedFromElsewhere() throws Exception {
        assertThat(put(SECOND + "# once more\n", "If-Match", "\"3\"").statusCode())
                .isEqualTo(200);

        assertThat(sourceRevision("pages")).isNull();
    }

    @Test
    @Order(10)
    void whatIsCapturedFromElsewhereIsToldAndWhatRestsMeanwhileIsNot() throws Exception {
        String elsewhere = SECOND.replace("/srv/wiki/pages", "/srv/wiki/new");
        assertThat(consequences(put(elsewhere, "If-Match", "\"4\"")))
                .singleElement()
                .asString()
                .contains("What is captured of wiki/pages has changed", "holdfast backup wiki --component pages");
        assertThat(sourceRevision("pages")).isEqualTo(5);

        String resting =
                elsewhere.replace("/srv/wiki/new]}", "/srv/wiki/new], quiesce: {mode: stop, containers: [app]}}");
        assertThat(resting).isNotEqualTo(elsewhere);
        publisher.clear();
        assertThat(consequences(put(resting, "If-Match", "\"5\""))).isEmpty();
        assertThat(sourceRevision("pages")).isEqualTo(5);
    }

    @Test
    @Order(11)
    void ofWhatComesBackNobodyKnowsWhatItCapturedBefore() throws Exception {
        assertThat(consequences(put(FIRST, "If-Match", "\"6\""))).hasSize(1);

        assertThat(sourceRevision("config")).isEqualTo(7);
    }

    @Test
    @Order(12)
    void whatTheBrokerTookByHalvesIsToldAgain() throws Exception {
        String elsewhere = FIRST.replace("/srv/wiki/etc", "/srv/wiki/config");
        publisher.goAwayAfter(5);
        assertThat(put(elsewhere, "If-Match", "\"7\"").statusCode()).isEqualTo(503);
        publisher.clear();

        assertThat(consequences(put(elsewhere, "If-Match", "\"7\"")))
                .singleElement()
                .asString()
                .contains("wiki/config");
        assertThat(sourceRevision("config")).isEqualTo(8);
        assertThat(sourceRevision("pages")).isEqualTo(7);
    }

    private @Nullable Long sourceRevision(String component) {
        return publisher.all(ComponentPlanned.class).stream()
                .filter(planned -> planned.component().component().equals(component))
                .toList()
                .getLast()
                .sourceRevision();
    }

    private static List<String> consequences(HttpResponse<String> published) {
        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
        return json(published)
                .path("consequences")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private HttpResponse<String> put(String text, String... headers) throws Exception {
        return putAt("/api/plan", text, headers);
    }

    private HttpResponse<String> putAt(String path, String text, String... headers) throws Exception {
        var request = request(ADMINISTRATOR, path).header("Content-Type", "application/yaml");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.PUT(BodyPublishers.ofString(text)));
    }
}
