package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.RestoresView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Restores: asked for and followed. */
@RestController
@Tag(name = "restores")
final class RestoresController {

    static final String PATH = "/api/restores/";

    private final RestoreRequests requests;
    private final RestoresView view;
    private final Clock clock;

    RestoresController(RestoreRequests requests, RestoresView view, Clock clock) {
        this.requests = requests;
        this.view = view;
        this.clock = clock;
    }

    @Operation(
            summary = "Bring back a backup, the latest, or the state at a given time",
            description = "A site that does not take the request on within its time (15 minutes) refuses it.")
    @ApiResponse(responseCode = "202", description = "Handed to the site; the link 'status' tells what becomes of it")
    @PostMapping(
            path = "/api/backups/restore",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> restore(
            @RequestBody RestoreBackup body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request) {
        String id = requests.ask(body, Caller.of(request), key);
        Instant now = clock.instant();
        String status =
                view.byId(id).map(restore -> RestoreAnswer.status(restore, now)).orElse("REQUESTED");
        return Accepted.at(PATH, id, status);
    }

    @Operation(summary = "List the restores, newest first")
    @GetMapping(path = "/api/restores", produces = MediaType.APPLICATION_JSON_VALUE)
    RestoresAnswer list(@RequestParam(defaultValue = "50") int limit) {
        Instant now = clock.instant();
        return new RestoresAnswer(view.newest(Checks.limit(limit)).stream()
                .map(restore -> RestoreAnswer.of(restore, now))
                .toList());
    }

    @Operation(summary = "Show one restore and how far it is")
    @GetMapping(path = "/api/restores/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    RestoreAnswer show(@PathVariable String id) {
        return view.byId(id)
                .map(restore -> RestoreAnswer.of(restore, clock.instant()))
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND,
                        Code.UNKNOWN_RESTORE,
                        "No restore has the id '%s'. Nothing was changed. GET /api/restores lists them."
                                .formatted(id)));
    }
}
