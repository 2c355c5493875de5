package io.holdfast.sources;

import io.holdfast.plan.Source;

/** The kinds of sources this version captures. */
public final class Sources {

    private Sources() {}

    /**
     * Finds what captures a source.
     *
     * @throws SourceException if the plan asks for what this version cannot do, and says so
     */
    public static ComponentSource of(Source source) throws SourceException {
        return switch (source) {
            case Source.Files files
            when !files.quiesce().changesNothing() ->
                throw unsupported("files that rest while they are captured (quiesce)");
            case Source.Files files when !files.include().isEmpty() -> throw unsupported("files chosen by include");
            case Source.Files files -> new FilesSource(files);
            case Source other -> throw unsupported("a source of kind " + other.kind());
        };
    }

    private static SourceException unsupported(String what) {
        return new SourceException(
                "HF-Q01",
                "This version cannot capture %s. Nothing was captured; the other components are not affected. Remove the component from the plan, or back it up by other means until then."
                        .formatted(what));
    }
}
