package io.holdfast.console.api;

import io.holdfast.console.view.Incident;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.StatusView;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How everything stands. */
@RestController
@Tag(name = "status")
final class StatusController {

    private final StatusView status;
    private final PlanView plan;
    private final IncidentsView incidents;
    private final RecoverySheet sheet;
    private final Acts acts;
    private final Clock clock;

    StatusController(
            StatusView status, PlanView plan, IncidentsView incidents, RecoverySheet sheet, Acts acts, Clock clock) {
        this.status = status;
        this.plan = plan;
        this.incidents = incidents;
        this.sheet = sheet;
        this.acts = acts;
        this.clock = clock;
    }

    @Operation(summary = "Show how every component and service stands")
    @GetMapping(path = "/api/status", produces = MediaType.APPLICATION_JSON_VALUE)
    StatusAnswer show() {
        Instant now = clock.instant();
        boolean planned = plan.published().isPresent();
        List<Incident> open = incidents.all().stream().filter(Incident::isOpen).toList();
        return new StatusAnswer(
                sheet.isConfirmed(),
                plan.published().map(PlanPublished::revision).orElse(0L),
                open.size(),
                open.stream()
                        .mapToInt(incident -> incidents.notTold(incident.id()).size())
                        .sum(),
                status.components().stream()
                        .filter(component -> !planned || plan.hasComponent(component.component()))
                        .map(StatusAnswer.Component::of)
                        .toList(),
                status.services().stream()
                        .map(alive -> StatusAnswer.Service.of(alive, now))
                        .toList(),
                plan.sites().stream().filter(site -> !status.isAlive(site, now)).toList());
    }

    @Operation(summary = "Say that the recovery sheet is kept elsewhere; status warns until then")
    @PostMapping(path = "/api/recovery-sheet/confirm", produces = MediaType.APPLICATION_JSON_VALUE)
    StatusAnswer confirm(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        acts.audit(caller, "confirm-recovery-sheet", "recovery-sheet", null);
        sheet.confirm(caller.name(), clock.instant());
        return show();
    }
}
