package io.holdfast.events;

import java.time.Duration;
import java.util.List;

/** The topics, their keys and their rules; {@code docs/events.md} tells who writes and who reads each. */
public final class Topics {

    /** Of every topic whose records need no order but that of their key. */
    public static final int PARTITIONS = 6;

    public static final String PREFIX = "holdfast.";

    /** The site name that stands for the scheduler in request topics. */
    public static final String CENTRE = "central";

    public static final Topic PLAN = Topic.compacted(PREFIX + "plan").inOneOrder();
    public static final Topic BACKUPS = Topic.facts(PREFIX + "backups");
    public static final Topic REPLICAS = Topic.facts(PREFIX + "replicas");
    public static final Topic RESTORES = Topic.facts(PREFIX + "restores");
    public static final Topic CATALOGUE = Topic.compacted(PREFIX + "catalogue");
    public static final Topic STATUS = Topic.compacted(PREFIX + "status");
    public static final Topic ALERTS = Topic.facts(PREFIX + "alerts");
    public static final Topic INCIDENTS = Topic.facts(PREFIX + "incidents");
    public static final Topic NOTICES = Topic.facts(PREFIX + "notices");
    public static final Topic AUDIT = Topic.facts(PREFIX + "audit");
    public static final Topic HEARTBEATS = Topic.brief(PREFIX + "heartbeats");
    public static final Topic PROGRESS = Topic.brief(PREFIX + "progress");

    /** Records that are no events of the contract, with their original key, value and headers. */
    public static final Topic DEAD_LETTERS =
            Topic.facts(PREFIX + "dead-letters").atMost(16 * 1024 * 1024);

    private static final Duration REQUESTS_KEPT = Duration.ofDays(7);

    private Topics() {}

    /** What a site is asked to do: one partition, so that a site's requests stay in order. */
    public static Topic requests(String site) {
        Names.require("site", site);
        return Topic.kept(PREFIX + "requests." + site, 1, REQUESTS_KEPT);
    }

    /** Every topic that does not depend on a site. */
    public static List<Topic> central() {
        return List.of(
                PLAN,
                BACKUPS,
                REPLICAS,
                RESTORES,
                CATALOGUE,
                STATUS,
                ALERTS,
                INCIDENTS,
                NOTICES,
                AUDIT,
                HEARTBEATS,
                PROGRESS,
                DEAD_LETTERS,
                requests(CENTRE));
    }

    /** The topic an event belongs to. Requests depend on whom they are for: see {@link #requests}. */
    public static Topic of(Event event) {
        return switch (event) {
            case PlanRecord _ -> PLAN;
            case BackupEvent _ -> BACKUPS;
            case ReplicaEvent _ -> REPLICAS;
            case RestoreEvent _ -> RESTORES;
            case CatalogueRecord _ -> CATALOGUE;
            case StatusRecord _ -> STATUS;
            case AlertEvent _ -> ALERTS;
            case IncidentEvent _ -> INCIDENTS;
            case NoticeEvent _ -> NOTICES;
            case AuditEvent _ -> AUDIT;
            case Heartbeat _ -> HEARTBEATS;
            case ProgressEvent _ -> PROGRESS;
            case Request.RecoveryPointRequested _ -> requests(CENTRE);
            case Request _ ->
                throw new IllegalArgumentException("a request goes to a site's own topic: " + event.key());
        };
    }
}
