package io.holdfast.scheduler;

import java.util.List;

/** What an event or the passing of time leads to: the agenda as it is now, and what is to be said, in order. */
record Decided(StackAgenda agenda, List<Announcement> announcements) {}
