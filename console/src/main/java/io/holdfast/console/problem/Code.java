package io.holdfast.console.problem;

/** The stable codes of the console's problems, and their titles. */
public enum Code {
    NOT_AUTHENTICATED("HF-C01", "Not authenticated"),
    NOT_ALLOWED("HF-C02", "Not allowed"),
    NOT_READY("HF-C03", "The console is not ready"),
    BROKER_UNAVAILABLE("HF-C04", "The broker does not answer"),
    NO_SUCH_PATH("HF-C05", "No such path"),
    WRONG_METHOD("HF-C06", "Wrong method"),
    WRONG_MEDIA_TYPE("HF-C07", "Wrong media type"),
    UNREADABLE_REQUEST("HF-C08", "The request cannot be read"),
    TOO_LARGE("HF-C09", "The request is too large"),
    INTERNAL("HF-C10", "Internal error"),
    NOTHING_PLANNED("HF-C11", "Nothing is planned"),
    WHICH_STACK("HF-C12", "Which stack?"),
    UNKNOWN_COMPONENT("HF-C13", "Unknown component"),
    KEY_USED("HF-C14", "The Idempotency-Key was used for something else"),
    UNKNOWN_BACKUP("HF-C15", "Unknown backup"),
    NOTHING_TO_RESTORE("HF-C16", "The backup holds nothing to read"),
    UNKNOWN_REGION("HF-C17", "Unknown region"),
    INVALID_VALUE("HF-C18", "A value is not valid"),
    UNKNOWN_RESTORE("HF-C19", "Unknown restore"),
    UNKNOWN_INCIDENT("HF-C20", "Unknown incident"),
    INCIDENT_RESOLVED("HF-C21", "The incident is resolved"),
    INVALID_PLAN("HF-C22", "The plan is not valid"),
    STALE_PLAN("HF-C23", "The plan was changed by somebody else"),
    NO_PLAN("HF-C24", "No plan is published"),
    SITE_UNREACHABLE("HF-C25", "The site does not answer"),
    SITE_REFUSED("HF-C26", "The site refuses"),
    SITE_TOKEN("HF-C27", "The token for the sites cannot be used"),
    STATE_DIRECTORY("HF-C28", "The console's state cannot be kept");

    private final String wire;
    private final String title;

    Code(String wire, String title) {
        this.wire = wire;
        this.title = title;
    }

    public String wire() {
        return wire;
    }

    public String title() {
        return title;
    }
}
