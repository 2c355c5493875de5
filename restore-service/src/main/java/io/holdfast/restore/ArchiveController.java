package io.holdfast.restore;

import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves recovery points of the site's vaults as archives, to the console alone. Everything is named by id. */
@RestController
class ArchiveController {

    private static final Logger log = LoggerFactory.getLogger(ArchiveController.class);

    /** What the archive does not hold though it was asked for, for an operator; only where there is something. */
    private static final String LACKS = "Holdfast-Lacks";

    private final RestorePlace place;
    private final SiteToken token;
    private final Lacks lacks;

    ArchiveController(RestorePlace place, SiteToken token, Lacks lacks) {
        this.place = place;
        this.token = token;
        this.lacks = lacks;
    }

    /** Streams an archive; a connection that breaks before its end means that the archive is not whole. */
    @GetMapping("/site/archives/{id}")
    void archive(
            @PathVariable String id,
            @RequestParam String stack,
            @RequestParam(required = false) List<String> component,
            @RequestParam(defaultValue = "tar.gz") String format,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            HttpServletResponse response)
            throws IOException, InterruptedException, RestoreRefusal {
        if (!token.admits(authorization)) {
            throw new ErrorResponseException(HttpStatus.UNAUTHORIZED);
        }
        ArchiveFormat archiveFormat = ArchiveFormat.parse(format);
        List<String> components = component == null ? List.of() : component;
        place.read(stack, null, vault -> {
            List<Held> held = Held.of(vault.snapshots());
            Selection asked = new Selection(id, null, components, Instant.MAX);
            List<Held> chosen = asked.from(held);
            List<String> lacking = Stream.concat(
                            lacks.of(asked, stack, chosen, held, vault).stream(),
                            chosen.stream().map(Lacks::of).flatMap(Optional::stream))
                    .toList();
            response.setContentType(archiveFormat.mediaType());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"%s.%s\""
                            .formatted(id.replaceAll("[^A-Za-z0-9._-]", "_"), archiveFormat.suffix()));
            if (!lacking.isEmpty()) {
                response.setHeader(LACKS, asHeader(String.join(" ", lacking)));
            }
            try {
                write(
                        vault,
                        parts(chosen, Lacks.manifestOfIncomplete(asked, chosen, held)),
                        archiveFormat,
                        new CuttableStream(response.getOutputStream()));
            } catch (IOException | RuntimeException e) {
                if (response.isCommitted()) {
                    log.warn("The archive of {} broke off: {}", id, e.getMessage());
                    throw new BrokenArchive("the archive of %s broke off".formatted(id), e);
                }
                response.reset();
                throw e;
            }
            return id;
        });
    }

    private static String asHeader(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** @param manifest that goes with them, since it says what is missing */
    private static List<ArchivePart> parts(List<Held> chosen, Optional<Held> manifest) {
        return Stream.concat(chosen.stream(), manifest.stream())
                .map(held ->
                        new ArchivePart(held.snapshot().id(), "/" + held.tags().component(), held.component()))
                .toList();
    }

    private static void write(Vault vault, List<ArchivePart> parts, ArchiveFormat format, CuttableStream response)
            throws IOException {
        try (OutputStream out = format.compress(response)) {
            try {
                vault.contents().archive(parts, ArchiveType.TAR, out);
            } catch (IOException | RuntimeException e) {
                response.cut();
                throw e;
            }
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknownCaller(ErrorResponseException e) {
        ProblemDetail problem = e.getBody();
        problem.setProperty("code", "HF-R13");
        problem.setDetail(
                "HF-R13 The site's token is missing or wrong. Nothing was read. Give console and site the same token: holdfast.restore-service.token-file.");
        return ResponseEntity.of(problem)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RestoreRefusal e) {
        HttpStatus status = e.code().equals(RestoreRefusal.UNKNOWN_FORMAT)
                ? HttpStatus.UNPROCESSABLE_CONTENT
                : HttpStatus.NOT_FOUND;
        return problem(status, e.code(), e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(IOException e) {
        String text = String.valueOf(e.getMessage());
        String code = text.startsWith("HF-") ? text.substring(0, text.indexOf(' ')) : "HF-R06";
        return problem(HttpStatus.SERVICE_UNAVAILABLE, code, e);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String code, Exception e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
        problem.setProperty("code", code);
        return ResponseEntity.of(problem).build();
    }
}
