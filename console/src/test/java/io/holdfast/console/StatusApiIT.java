package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.AuditEvent.ActionAudited;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.IncidentEvent.IncidentEscalated;
import io.holdfast.events.IncidentEvent.IncidentOpened;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.IncidentId;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.holdfast.events.NoticeEvent.NoticeSent;
import io.holdfast.events.NoticeId;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.StatusRecord.Health;
import io.holdfast.events.StatusRecord.RegionStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class StatusApiIT extends ConsoleTestBase {

    @Autowired
    AtomicBoolean viewsReady;

    @Test
    void showsPlannedComponentsServicesAndTheOpenWarning() throws Exception {
        feedPlan();
        feed(List.of(
                new PlanPublished(3, 2, "version: 1", "ada"),
                health(Samples.REDIS, Health.DEGRADED),
                health(new ComponentId("rag", "retired"), Health.PROTECTED),
                new ServiceAlive("w-1", "snapshot-worker", "local", null, 5L, 10L, Samples.NOW.minusSeconds(90))));
        JsonNode status = json(get(VIEWER, "/api/status"));

        assertThat(status.path("plan_revision").asLong()).isEqualTo(3);
        assertThat(status.path("recovery_sheet_confirmed").asBoolean()).isFalse();
        assertThat(status.path("components")).hasSize(1);
        assertThat(status.path("components").get(0).path("health").asString()).isEqualTo("DEGRADED");
        assertThat(status.path("components")
                        .get(0)
                        .path("regions")
                        .get(0)
                        .path("region")
                        .asString())
                .isEqualTo("north");
        assertThat(status.path("services").get(0).path("alive").asBoolean()).isFalse();
        assertThat(status.path("silent_sites").valueStream().map(JsonNode::asString))
                .containsExactly("local");
        feed(List.of(new ServiceAlive("w-2", "snapshot-worker", "local", null, 5L, 10L, Samples.NOW)));
        assertThat(json(get(VIEWER, "/api/status")).path("silent_sites").isEmpty())
                .isTrue();

        post(OPERATOR, "/api/recovery-sheet/confirm", "");
        assertThat(json(get(VIEWER, "/api/status"))
                        .path("recovery_sheet_confirmed")
                        .asBoolean())
                .isTrue();
        assertThat(publisher.all(ActionAudited.class))
                .extracting(ActionAudited::action)
                .containsExactly("confirm-recovery-sheet");
    }

    @Test
    void anIncidentIsAcknowledgedOnce() throws Exception {
        var id = new IncidentId("incident-1");
        feed(List.of(
                new IncidentOpened(id, "freshness/rag/redis", Severity.CRITICAL, "stale", Samples.NOW),
                new IncidentEscalated(id, "freshness/rag/redis", 2, Samples.NOW)));
        var first = post(OPERATOR, "/api/incidents/incident-1/acknowledge", "{\"note\":\"on my way\"}");
        var second = post(ADMINISTRATOR, "/api/incidents/incident-1/acknowledge", "{}");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json(first).path("acknowledged_by").asString()).isEqualTo("otto");
        assertThat(json(first).path("level").asInt()).isEqualTo(2);
        assertThat(json(second)).isEqualTo(json(first));
        assertThat(publisher.all(IncidentAcknowledged.class))
                .containsExactly(new IncidentAcknowledged(id, "freshness/rag/redis", "otto", Samples.NOW));
        assertThat(publisher.all(ActionAudited.class).getFirst().reason()).isEqualTo("on my way");
    }

    @Test
    void tellsWhomMailAboutAnOpenIncidentDidNotReach() throws Exception {
        var id = new IncidentId("incident-3");
        feed(List.of(
                notTold(id, "ada@example.org"),
                new IncidentOpened(id, "s", Severity.HIGH, "m", Samples.NOW),
                notTold(id, "otto@example.org"),
                new NoticeSent(new NoticeId("n-2"), id, "otto@example.org", Samples.NOW)));

        JsonNode incident = incident("incident-3");
        assertThat(incident.path("not_told")).singleElement().satisfies(one -> {
            assertThat(one.path("address").asString()).isEqualTo("ada@example.org");
            assertThat(one.path("code").asString()).isEqualTo("HF-N03");
            assertThat(one.path("permanent").asBoolean()).isFalse();
        });
        assertThat(json(get(VIEWER, "/api/status")).path("undelivered_notices").asInt())
                .isEqualTo(1);

        feed(List.of(new IncidentResolved(id, "s", "well again", Samples.NOW)));
        assertThat(json(get(VIEWER, "/api/status")).path("undelivered_notices").asInt())
                .isZero();
    }

    private JsonNode incident(String id) throws Exception {
        return json(get(VIEWER, "/api/incidents"))
                .path("incidents")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static NoticeFailed notTold(IncidentId incident, String address) {
        return new NoticeFailed(
                new NoticeId("n-1"), incident, address, "HF-N03", "it does not answer", false, Samples.NOW);
    }

    @Test
    void anIncidentThatIsOverIsNotAcknowledged() throws Exception {
        var id = new IncidentId("incident-2");
        feed(List.of(
                new IncidentOpened(id, "s", Severity.HIGH, "m", Samples.NOW),
                new IncidentResolved(id, "s", "well again", Samples.NOW)));

        assertThat(post(OPERATOR, "/api/incidents/incident-2/acknowledge", "").statusCode())
                .isEqualTo(409);
        assertThat(post(OPERATOR, "/api/incidents/incident-9/acknowledge", "").statusCode())
                .isEqualTo(404);
        assertThat(json(get(VIEWER, "/api/incidents?open=true"))
                        .path("incidents")
                        .valueStream()
                        .map(i -> i.path("id").asString()))
                .doesNotContain("incident-2");
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void viewsThatAreNotReadyTellNothing() throws Exception {
        viewsReady.set(false);
        try {
            var refused = get(VIEWER, "/api/backups");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("HF-C03");
        } finally {
            viewsReady.set(true);
        }
    }

    private static ComponentStatus health(ComponentId component, Health health) {
        return new ComponentStatus(
                component,
                health,
                Samples.NOW,
                null,
                null,
                1,
                2,
                Consistency.CRASH_CONSISTENT,
                null,
                List.of(new RegionStatus("north", null, Samples.NOW, "away")),
                List.of(),
                null);
    }
}
