package io.holdfast.notifier;

/** What became of one try to hand a mail in. */
sealed interface Delivery {

    /** The mail server took it. */
    record Delivered() implements Delivery {}

    /** It will never be taken. */
    record Refused(String code, String message) implements Delivery {}

    /**
     * It was not taken now.
     *
     * @param anyMail whether any other mail would have fared the same, as when the server is away
     */
    record Postponed(String code, String message, boolean anyMail) implements Delivery {}
}
