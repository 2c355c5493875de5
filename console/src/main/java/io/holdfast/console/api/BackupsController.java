package io.holdfast.console.api;

import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.console.view.RecoveryPoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Backups: asked for and listed. A backup is a recovery point: one moment of a stack, all of it or a part. */
@RestController
@Tag(name = "backups")
final class BackupsController {

    static final String PATH = "/api/backups/";

    private final Backups backups;
    private final BackupsView view;
    private final BackupRequests requests;

    BackupsController(Backups backups, BackupsView view, BackupRequests requests) {
        this.backups = backups;
        this.view = view;
        this.requests = requests;
    }

    @Operation(
            summary = "Back up a stack, or some of its components, now",
            description = "With an Idempotency-Key a repetition gives the same backup and makes no second one.")
    @ApiResponse(
            responseCode = "202",
            description = "Handed to the scheduler; the link 'status' tells what becomes of it")
    @PostMapping(
            path = "/api/backups/create",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> create(
            @RequestBody CreateBackup body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request) {
        String id = requests.ask(body, Caller.of(request), key);
        String status = view.byId(id)
                .map(Listed::point)
                .map(RecoveryPoint::status)
                .orElse(RecoveryPoint.Status.RUNNING)
                .name();
        return Accepted.at(PATH, id, status);
    }

    @Operation(summary = "List the backups, newest first")
    @GetMapping(path = "/api/backups", produces = MediaType.APPLICATION_JSON_VALUE)
    BackupsAnswer list(
            @Parameter(description = "At most 1000") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "The id of a backup: the list begins with the next older one")
                    @RequestParam(required = false)
                    @Nullable
                    String before,
            @RequestParam(required = false) @Nullable String stack) {
        int most = Checks.limit(limit);
        Predicate<RecoveryPoint> wanted = Backups.inStack(backups.known(stack));
        List<Listed> page = before == null
                ? view.newest(wanted, most + 1)
                : view.newestBefore(backups.find(before, null).point(), wanted, most + 1);
        boolean more = page.size() > most;
        List<Listed> shown = more ? page.subList(0, most) : page;
        return new BackupsAnswer(
                shown.stream().map(BackupAnswer::of).toList(),
                more ? next(most, shown.getLast().point(), stack) : null);
    }

    private static String next(int limit, RecoveryPoint last, @Nullable String stack) {
        var link = UriComponentsBuilder.fromPath("/api/backups")
                .queryParam("limit", limit)
                .queryParam("before", last.id());
        return (stack == null ? link : link.queryParam("stack", stack)).encode().toUriString();
    }

    @Operation(
            summary = "Show one backup, by its id or name, or 'latest'; of several with one name, the newest",
            description = "The latest is the backup that holds the newest snapshot of every component, where one does.")
    @GetMapping(path = "/api/backups/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    BackupAnswer show(@PathVariable String id, @RequestParam(required = false) @Nullable String stack) {
        return BackupAnswer.of(backups.find(id, backups.known(stack), List.of()));
    }
}
