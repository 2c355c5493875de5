package io.holdfast.console.api;

import io.holdfast.console.problem.BrokenAnswer;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.events.RecoveryPointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Downloads: what a site streams is handed through. Every one is audited before its first byte. */
@RestController
@Tag(name = "backups")
final class DownloadsController {

    private static final Logger log = LoggerFactory.getLogger(DownloadsController.class);
    private static final int CHUNK = 64 * 1024;
    private static final String LACKS = "Holdfast-Lacks";

    private final Backups backups;
    private final SiteArchives archives;
    private final Acts acts;

    DownloadsController(Backups backups, SiteArchives archives, Acts acts) {
        this.backups = backups;
        this.archives = archives;
        this.acts = acts;
    }

    @Operation(
            summary = "Download a backup, or one component of it, as an archive; by its id or name, or 'latest'",
            description = "A download that breaks ends with a broken connection, never like a whole one.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            headers =
                    @Header(
                            name = LACKS,
                            description =
                                    "What a recovery point that is incomplete does not hold, for an operator; absent if it holds all",
                            schema = @Schema(type = "string")),
            content = {
                @Content(mediaType = "application/gzip", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "application/zstd", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "application/x-tar", schema = @Schema(type = "string", format = "binary"))
            })
    @GetMapping("/api/backups/{id}/download")
    void download(
            @PathVariable String id,
            @Parameter(description = "tar.gz, tar.zst or tar") @RequestParam(defaultValue = "tar.gz") String format,
            @RequestParam(required = false) @Nullable String component,
            @RequestParam(required = false) @Nullable String stack,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ArchiveFormat packed = ArchiveFormat.named(format);
        List<String> collections = component == null ? List.of() : List.of(component);
        Listed listed = backups.find(id, backups.known(stack), collections);
        RecoveryPointId point = listed.point().id();
        Choice choice = RestoreTargets.chosen(
                listed, collections, listed.point().components().keySet());
        String subject = component == null ? point.value() : "%s %s".formatted(point, component);
        acts.audit(Caller.of(request), "download", subject, null);
        String one = choice.components().isEmpty() ? null : choice.components().getFirst();
        HttpResponse<InputStream> archive =
                archives.open(backups.siteOf(choice.stack()), choice.stack(), point, one, packed);
        response.setContentType(packed.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(point, one, packed));
        archive.headers().firstValue(LACKS).ifPresent(lacks -> response.setHeader(LACKS, lacks));
        archive.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).ifPresent(response::setContentLengthLong);
        hand(archive, response, subject);
    }

    private static String disposition(RecoveryPointId point, @Nullable String component, ArchiveFormat packed) {
        String name = component == null ? point.value() : point + "-" + component;
        return ContentDisposition.attachment()
                .filename(name + "." + packed.wire())
                .build()
                .toString();
    }

    private static void hand(HttpResponse<InputStream> archive, HttpServletResponse response, String subject)
            throws IOException {
        try (InputStream in = archive.body()) {
            OutputStream out = response.getOutputStream();
            response.flushBuffer(); // from here on an error can only be told by cutting the connection
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
            out.flush();
        } catch (IOException e) {
            log.warn("The download of {} broke off: {}", subject, String.valueOf(e.getMessage()));
            throw new BrokenAnswer("the download of %s broke off".formatted(subject), e);
        }
    }
}
