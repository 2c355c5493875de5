package io.holdfast.restore;

/** A restore that cannot be carried out as asked; nothing was touched. The message is written for an operator. */
final class RestoreRefusal extends Exception {

    static final String NO_SNAPSHOT = "HF-R03";
    static final String NOT_OF_EVERY_COMPONENT = "HF-R04";
    static final String UNKNOWN_FORMAT = "HF-R09";

    private final String code;

    RestoreRefusal(String code, String message) {
        super(code + " " + message);
        this.code = code;
    }

    private RestoreRefusal(RestoreRefusal refusal, String more) {
        super(refusal.getMessage() + " " + more);
        code = refusal.code;
    }

    String code() {
        return code;
    }

    /** Whether it is only this place that does not hold what is asked for. */
    boolean isOfThisPlace() {
        return code.equals(NO_SNAPSHOT) || code.equals(NOT_OF_EVERY_COMPONENT);
    }

    RestoreRefusal saying(String more) {
        return new RestoreRefusal(this, more);
    }
}
