package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.Incident;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents: listed and acknowledged. */
@RestController
@Tag(name = "incidents")
final class IncidentsController {

    private final IncidentsView view;
    private final Acts acts;
    private final Clock clock;

    IncidentsController(IncidentsView view, Acts acts, Clock clock) {
        this.view = view;
        this.acts = acts;
        this.clock = clock;
    }

    @Operation(summary = "List the incidents, the open ones first")
    @GetMapping(path = "/api/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
    IncidentsAnswer list(
            @Parameter(description = "Only open ones, or only resolved ones") @RequestParam(required = false) @Nullable
                    Boolean open,
            @RequestParam(defaultValue = "100") int limit) {
        return new IncidentsAnswer(view.all().stream()
                .filter(incident -> open == null || open == incident.isOpen())
                .limit(Checks.limit(limit))
                .map(this::answer)
                .toList());
    }

    @Operation(
            summary = "Acknowledge an incident: somebody takes it on, and escalation stops",
            description = "An incident that is acknowledged already stays with whom it is with.")
    @PostMapping(path = "/api/incidents/{id}/acknowledge", produces = MediaType.APPLICATION_JSON_VALUE)
    IncidentAnswer acknowledge(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Acknowledge body,
            HttpServletRequest request) {
        Incident incident = find(id);
        if (!incident.isOpen()) {
            throw new ConsoleProblem(
                    HttpStatus.CONFLICT,
                    Code.INCIDENT_RESOLVED,
                    "The incident %s was resolved at %s, so nobody needs to take it on. Nothing was changed."
                            .formatted(id, incident.resolvedAt()));
        }
        if (incident.isAcknowledged()) {
            return answer(incident);
        }
        Caller caller = Caller.of(request);
        var acknowledged = new IncidentAcknowledged(incident.id(), incident.subject(), caller.name(), clock.instant());
        String note = Optional.ofNullable(body)
                .map(Acknowledge::note)
                .map(text -> Checks.text("note", text))
                .orElse(null);
        acts.act(caller, "acknowledge", id, note, Topics.INCIDENTS, acknowledged, view::on)
                .run();
        return answer(find(id));
    }

    private IncidentAnswer answer(Incident incident) {
        return IncidentAnswer.of(incident, view.notTold(incident.id()));
    }

    private Incident find(String id) {
        return view.byId(id)
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND,
                        Code.UNKNOWN_INCIDENT,
                        "No incident has the id '%s'. Nothing was changed. 'holdfast incidents', or GET /api/incidents?open=true, lists the open ones."
                                .formatted(id)));
    }
}
