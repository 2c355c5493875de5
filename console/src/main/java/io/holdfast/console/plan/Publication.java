package io.holdfast.console.plan;

import java.util.List;

/** What came of publishing a plan. */
public sealed interface Publication {

    /** The revision that is in force now. */
    long revision();

    /**
     * The plan is in force.
     *
     * @param consequences what its operator should know that it takes away
     */
    record Published(long revision, List<String> consequences) implements Publication {
        public Published {
            consequences = List.copyOf(consequences);
        }
    }

    /** The very same text is in force already; nothing was written. */
    record Unchanged(long revision) implements Publication {}

    /** Another revision than the one to be replaced is in force; nothing was written. */
    record Stale(long revision) implements Publication {}

    /**
     * A record of the plan is larger than an event may be; nothing was written.
     *
     * @param reason which one, and how large
     */
    record TooLarge(long revision, String reason) implements Publication {}
}
