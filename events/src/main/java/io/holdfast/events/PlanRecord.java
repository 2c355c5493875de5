package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The protection plan as small records on a compacted topic, keyed stack/kind/name. {@code -} stands for no stack. */
public sealed interface PlanRecord extends Event {

    /** The revision of the plan that wrote this record. */
    long revision();

    /** A site and where its vaults live: one repository per stack at {@code <vaults>/<stack>}. */
    @JsonTypeName("site-planned.v1")
    record SitePlanned(String site, String vaults, String password, long revision) implements PlanRecord {
        public SitePlanned {
            Names.requireFree("site", site, Topics.CENTRE);
        }

        @Override
        public String key() {
            return "-/site/" + site;
        }
    }

    /**
     * A place that vaults are copied to, at {@code <location>/<stack>}.
     *
     * @param location a directory or {@code s3:http://host:port/bucket/prefix}
     * @param accessKey reference to the S3 access key, {@code env:NAME} or {@code file:PATH}; null for a directory
     */
    @JsonTypeName("region-planned.v1")
    record RegionPlanned(
            String region,
            String location,
            @Nullable String accessKey,
            @Nullable String secretKey,
            long revision) implements PlanRecord {
        public RegionPlanned {
            Names.requireFree("region", region, CatalogueRecord.VAULT);
        }

        /** The key of a region's record, also of the one that tells that the plan no longer has it. */
        public static String key(String region) {
            return "-/region/" + region;
        }

        @Override
        public String key() {
            return key(region);
        }
    }

    /**
     * One component to protect.
     *
     * @param source what to capture, as the plan module's {@code Source} writes it
     * @param expectedInterval the longest regular pause between two runs of the schedule
     * @param sizeDeviationPercent how far a snapshot's size may lie from the median of recent good ones
     * @param together whether it is captured in one bracket with those of its stack that are due at the same instant; null:
     *     it is not
     * @param sourceRevision since which revision it captures what it captures now: backups by an older one hold something
     *     else; null: it is not known to have captured anything else
     */
    @JsonTypeName("component-planned.v1")
    record ComponentPlanned(
            ComponentId component,
            String site,
            JsonNode source,
            List<Schedule> schedules,
            List<String> regions,
            Duration expectedInterval,
            @Nullable Duration rpo,
            @Nullable Duration rto,
            int sizeDeviationPercent,
            long sizeFloorBytes,
            long revision,
            @Nullable Boolean together,
            @Nullable Long sourceRevision)
            implements PlanRecord {

        public ComponentPlanned {
            Names.requireFree("component", component.component(), ComponentId.MANIFEST);
            Names.require("site", site);
            Names.requireAll("region", regions);
        }

        /** The key of a component's record, also of the one that tells that the plan no longer has it. */
        public static String key(ComponentId component) {
            return component.stack() + "/component/" + component.component();
        }

        @Override
        public String key() {
            return key(component);
        }
    }

    /**
     * When a component is due.
     *
     * @param cron five fields, or {@code @daily} and its kin
     * @param zone the time zone the cron expression speaks of
     */
    record Schedule(String cron, String zone, BackupKind kind, Duration jitter) {}

    /** Whom to tell, in which order, and through which mail server. One record for the whole platform. */
    @JsonTypeName("escalation-planned.v1")
    record EscalationPlanned(@Nullable MailServer mail, List<Contact> contacts, List<Level> levels, long revision)
            implements PlanRecord {

        public static final String KEY = "-/escalation/default";

        @Override
        public String key() {
            return KEY;
        }
    }

    /**
     * Where mail is handed in.
     *
     * @param password reference to the password; null where the server asks for none
     */
    record MailServer(
            String host,
            int port,
            String from,
            boolean startTls,
            @Nullable String user,
            @Nullable String password) {}

    record Contact(
            String name,
            String email,
            @Nullable String phone,
            @Nullable String role) {}

    /**
     * One step of the escalation.
     *
     * @param timeout how long to wait for an acknowledgement before the next level is told as well
     * @param addresses mail addresses, resolved: {@code all_contacts} is spelled out
     */
    record Level(int level, Duration timeout, List<String> addresses) {}

    /** A record that a later revision of the plan no longer has. */
    @JsonTypeName("plan-record-retired.v1")
    record Retired(String key, long revision) implements PlanRecord {}

    /**
     * The plan as its operator wrote it. The last record of its revision: whoever reads it has read all of the revision
     * that still holds.
     *
     * @param replaces the revision this one was made from; 0 for the first
     */
    @JsonTypeName("plan-published.v1")
    record PlanPublished(long revision, long replaces, String text, String publishedBy) implements PlanRecord {

        public static final String KEY = "-/plan/current";

        @Override
        public String key() {
            return KEY;
        }
    }
}
