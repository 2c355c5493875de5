package io.holdfast.restore;

/** A restore that cannot be carried out as asked; nothing was touched. The message is written for an operator. */
final class RestoreRefusal extends Exception {

    static final String UNKNOWN_FORMAT = "HF-R09";

    private final String code;

    RestoreRefusal(String code, String message) {
        super(code + " " + message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
