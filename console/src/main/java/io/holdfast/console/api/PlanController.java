package io.holdfast.console.api;

import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.console.plan.Publication;
import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import io.holdfast.console.view.PlanView;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.plan.PlanProblem;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The plan in force: shown, and replaced as a whole. */
@RestController
@Tag(name = "plan")
final class PlanController {

    private static final String YAML = "application/yaml";

    private final PlanView view;
    private final PlanPublisher publisher;
    private final Acts acts;

    PlanController(PlanView view, PlanPublisher publisher, Acts acts) {
        this.view = view;
        this.publisher = publisher;
        this.acts = acts;
    }

    @Operation(summary = "Show the plan in force; its revision is also the ETag")
    @GetMapping(path = "/api/plan", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PlanAnswer> show() {
        PlanPublished plan = view.published()
                .orElseThrow(
                        () -> new ConsoleProblem(
                                HttpStatus.NOT_FOUND,
                                Code.NO_PLAN,
                                "No plan is published, so nothing is backed up. Publish one: PUT /api/plan, or 'holdfast plan publish FILE'."));
        return ResponseEntity.ok()
                .eTag(etag(plan.revision()))
                .body(new PlanAnswer(plan.revision(), plan.replaces(), plan.publishedBy(), plan.text()));
    }

    @Operation(
            summary = "Publish a plan in the place of the one in force",
            description = "The revision it was made from comes as If-Match or 'replaces'; if as both, they must agree."
                    + " For the first plan neither is needed. Publishing the text that is in force changes nothing.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    @PutMapping(
            path = "/api/plan",
            consumes = {YAML, "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PlanPublishedAnswer> publish(
            @RequestBody byte[] body,
            @Parameter(description = "The revision to replace, as an ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Parameter(description = "The revision to replace") @RequestParam(required = false) @Nullable Long replaces,
            @Parameter(
                            description =
                                    "The absolute path of the plan's file: problems name it, and relative paths in the plan are relative to its directory")
                    @RequestParam(required = false)
                    @Nullable
                    String file,
            HttpServletRequest request) {
        PlanReading.Valid valid = valid(body, file);
        long expected = expected(ifMatch, replaces);
        Caller caller = Caller.of(request);
        acts.audit(caller, "publish-plan", "plan in the place of revision " + expected, null);
        return switch (publisher.publish(valid.plan(), valid.text(), expected, caller.name())) {
            case Publication.Published published ->
                answer(published.revision(), true, valid.warnings(), published.consequences());
            case Publication.Unchanged(long revision) -> answer(revision, false, valid.warnings(), List.of());
            case Publication.Stale(long revision) -> throw stale(expected, revision);
            case Publication.TooLarge tooLarge ->
                throw new ConsoleProblem(
                        HttpStatus.CONTENT_TOO_LARGE,
                        Code.TOO_LARGE,
                        "The plan does not fit into events: %s. Nothing was changed. Split the plan, or shorten it."
                                .formatted(tooLarge.reason()));
        };
    }

    private static ResponseEntity<PlanPublishedAnswer> answer(
            long revision, boolean changed, List<PlanProblem> warnings, List<String> consequences) {
        return ResponseEntity.ok()
                .eTag(etag(revision))
                .body(new PlanPublishedAnswer(revision, changed, warnings, consequences));
    }

    private static PlanReading.Valid valid(byte[] body, @Nullable String file) {
        Path path = file == null ? null : Path.of(file);
        Path directory = path != null && path.isAbsolute() ? path.getParent() : null;
        return switch (PlanReader.read(text(body), file == null ? "plan" : file, directory)) {
            case PlanReading.Valid valid -> valid;
            case PlanReading.Invalid(var problems) ->
                throw new ConsoleProblem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                Code.INVALID_PLAN,
                                "The plan has %d problem(s); the first: %s The plan in force stays as it is. Correct them and publish again."
                                        .formatted(
                                                problems.size(),
                                                problems.getFirst().oneLine()))
                        .with("problems", problems);
        };
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConsoleProblem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            Code.INVALID_PLAN,
                            "The plan is not text in UTF-8. The plan in force stays as it is. Save it as UTF-8.")
                    .causedBy(e);
        }
    }

    private long expected(@Nullable String ifMatch, @Nullable Long replaces) {
        Long given = ifMatch == null ? replaces : Long.valueOf(revision(ifMatch));
        if (given != null && replaces != null && !given.equals(replaces)) {
            throw unreadable(
                    "If-Match says that the plan was made from revision %d, and 'replaces' from revision %d. Give one of them."
                            .formatted(given, replaces));
        }
        if (given != null) {
            return given;
        }
        long inForce = publisher.currentRevision();
        if (inForce != 0) {
            throw new ConsoleProblem(
                            HttpStatus.PRECONDITION_REQUIRED,
                            Code.STALE_PLAN,
                            "Revision %d is in force, and the request does not tell that it is to be replaced. Nothing was changed. Send 'If-Match: \"%d\"' if the plan was made from it."
                                    .formatted(inForce, inForce))
                    .with("revision", inForce);
        }
        return 0;
    }

    private static long revision(String etag) {
        try {
            return Long.parseLong(etag.replaceFirst("^W/", "").replace("\"", "").strip());
        } catch (NumberFormatException _) {
            throw unreadable("If-Match must be one revision, such as \"3\".");
        }
    }

    private static ConsoleProblem unreadable(String text) {
        return new ConsoleProblem(HttpStatus.BAD_REQUEST, Code.UNREADABLE_REQUEST, text + " Nothing was changed.");
    }

    private static ConsoleProblem stale(long expected, long inForce) {
        return new ConsoleProblem(
                        HttpStatus.PRECONDITION_FAILED,
                        Code.STALE_PLAN,
                        "The plan was made from revision %d, but revision %d is in force: somebody published in between. Nothing was changed. 'holdfast plan show', or GET /api/plan, gives the one in force: bring the changes together, and publish that in the place of revision %d."
                                .formatted(expected, inForce, inForce))
                .with("revision", inForce);
    }

    private static String etag(long revision) {
        return "\"" + revision + "\"";
    }
}
