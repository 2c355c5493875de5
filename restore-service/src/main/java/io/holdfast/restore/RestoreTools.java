package io.holdfast.restore;

import io.holdfast.messaging.Announcer;
import io.holdfast.site.RestoreMarks;
import io.holdfast.sources.Sources;
import io.holdfast.sources.quiesce.Brackets;

/** What every restore of a site works with. */
record RestoreTools(
        Sources sources,
        KeepOut keepOut,
        Brackets brackets,
        SafetySnapshot safety,
        RestoreMarks restoreMarks,
        Announcer announcer) {}
