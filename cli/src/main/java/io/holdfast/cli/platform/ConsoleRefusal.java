package io.holdfast.cli.platform;

import tools.jackson.databind.JsonNode;

/** A console does not do what was asked. The message begins with the console's code. */
final class ConsoleRefusal extends RuntimeException {

    private final int status;
    private final String code;
    private final transient JsonNode problem;

    ConsoleRefusal(int status, String code, String detail, JsonNode problem) {
        super(code + " " + detail);
        this.status = status;
        this.code = code;
        this.problem = problem;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The whole problem detail. */
    JsonNode problem() {
        return problem;
    }
}
