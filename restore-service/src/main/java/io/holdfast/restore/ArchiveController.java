package io.holdfast.restore;

import io.holdfast.site.SitePlan;
import io.holdfast.vault.ArchivePart;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    private final RestorePlace place;
    private final SitePlan plan;
    private final SiteToken token;

    ArchiveController(RestorePlace place, SitePlan plan, SiteToken token) {
        this.place = place;
        this.plan = plan;
        this.token = token;
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
        if (!plan.stacks().contains(stack)) {
            throw new RestoreRefusal("HF-R08", "This site has no stack '%s'.".formatted(stack));
        }
        ArchiveFormat archiveFormat = ArchiveFormat.parse(format);
        List<String> components = component == null ? List.of() : component;
        place.read(stack, null, vault -> {
            List<Held> chosen = new Selection(id, null, components, Instant.MAX).from(Held.of(vault.snapshots()));
            response.setContentType(archiveFormat.mediaType());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"%s.%s\"".formatted(id, archiveFormat.suffix()));
            write(vault, chosen, archiveFormat, response.getOutputStream());
            return id;
        });
    }

    private static void write(Vault vault, List<Held> chosen, ArchiveFormat format, OutputStream response)
            throws IOException {
        try (OutputStream out = format.compress(response)) {
            vault.archive(
                    chosen.stream()
                            .map(held -> new ArchivePart(
                                    held.snapshot().id(), "/" + held.tags().component(), held.component()))
                            .toList(),
                    out);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RestoreRefusal e) {
        return problem(HttpStatus.NOT_FOUND, e.code(), e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(VaultException e) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, e.code().text(), e);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String code, Exception e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
        problem.setProperty("code", code);
        return ResponseEntity.of(problem).build();
    }
}
