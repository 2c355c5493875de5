package io.holdfast.cli.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a console answers, as far as a person is shown it. What is missing in an answer is null or 0. */
final class Answer {

    private Answer() {}

    record Accepted(String id, String status) {}

    record Backups(List<Backup> backups, @Nullable String next) {}

    record Backup(
            String id,
            @Nullable String name,
            String stack,
            @Nullable String kind,
            String status,
            @Nullable String consistency,
            @Nullable Instant due,
            @Nullable String requestedBy,
            @Nullable String code,
            @Nullable String message,
            long files,
            long bytes,
            List<Part> components) {}

    record Part(
            String component,
            @Nullable String state,
            @Nullable String snapshot,
            long files,
            long bytes,
            @Nullable String consistency,
            @Nullable String changed,
            @Nullable List<String> places,
            @Nullable String code,
            @Nullable String message) {}

    record Restore(
            String id,
            String stack,
            String status,
            @Nullable String from,
            @Nullable String code,
            @Nullable String message,
            @Nullable String lacks,
            List<RestoredPart> components) {}

    record RestoredPart(
            String component,
            @Nullable String snapshot,
            @Nullable String target,
            @Nullable String safetySnapshot,
            boolean restored,
            long files,
            long bytes,
            @Nullable String lacks,
            @Nullable String altered) {}

    record Status(
            boolean recoverySheetConfirmed,
            long planRevision,
            int openIncidents,
            int undeliveredNotices,
            List<Component> components,
            List<Service> services,
            List<String> silentSites) {}

    record Component(
            String component,
            String health,
            @Nullable Instant lastGoodAt,
            @Nullable Instant freshUntil,
            long files,
            long bytes,
            @Nullable String consistency,
            @Nullable String lastFailure,
            List<Region> regions,
            List<String> alerts,
            @Nullable Instant changedAt) {}

    record Region(
            String region,
            @Nullable Instant lastGoodAt,
            @Nullable Instant behindSince,
            @Nullable String lastFailure) {}

    record Service(
            String service,
            String instance,
            @Nullable String site,
            boolean alive,
            @Nullable Instant lastSeenAt,
            @Nullable Long diskFree) {}

    record Incidents(List<Incident> incidents) {}

    record Incident(
            String id,
            String subject,
            @Nullable String severity,
            String message,
            boolean open,
            int level,
            @Nullable Instant openedAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant resolvedAt,
            @Nullable List<NotTold> notTold) {}

    record NotTold(String address, String code, String message, boolean permanent) {}

    record PlanInForce(long revision, String publishedBy, String text) {}

    record PlanPublished(
            long revision, boolean changed, @Nullable List<String> consequences) {}
}
