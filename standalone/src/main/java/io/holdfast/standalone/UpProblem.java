package io.holdfast.standalone;

/** Why the platform does not start. The message is written for an operator and starts with a stable code. */
final class UpProblem extends Exception {

    UpProblem(String code, String message) {
        super(code + " " + message);
    }
}
