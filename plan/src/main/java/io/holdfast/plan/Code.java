package io.holdfast.plan;

/** The stable codes of what may be wrong with a plan. README.md explains each. */
enum Code {
    UNREADABLE("HF-P01"),
    TOO_LARGE("HF-P02"),
    NOT_YAML("HF-P03"),
    TOO_COMPLEX("HF-P04"),
    DUPLICATE_KEY("HF-P05"),
    UNKNOWN_KEY("HF-P06"),
    MISSING("HF-P07"),
    WRONG_TYPE("HF-P08"),
    BAD_VALUE("HF-P09"),
    DUPLICATE_NAME("HF-P10"),
    BAD_SCHEDULE("HF-P11"),
    BAD_ZONE("HF-P12"),
    LITERAL_SECRET("HF-P13"),
    UNKNOWN_REFERENCE("HF-P14"),
    RPO_OUT_OF_REACH("HF-P15"),
    VAULT_CAPTURED("HF-P16"),
    BAD_VERSION("HF-P17"),
    BAD_NAME("HF-P18"),
    NOT_ONE_SOURCE("HF-P19"),
    CONTRADICTION("HF-P20"),
    ONE_COPY("HF-P31"),
    NOBODY_TOLD("HF-P32");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
