package io.holdfast.cli.platform;

import java.util.List;

/** The verbs that a running platform answers, in the order in which help lists them. */
public final class PlatformVerbs {

    public static final List<Class<?>> ALL = List.of(
            StatusVerb.class,
            BackupVerb.class,
            BackupsVerb.class,
            RestoreVerb.class,
            IncidentsVerb.class,
            AckVerb.class,
            PlanVerbs.class,
            EventsVerb.class,
            RecoverySheetVerb.class);

    private PlatformVerbs() {}
}
