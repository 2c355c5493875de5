package io.holdfast.sources.engine;

/** How a helper's command ended, and the last 8 KiB that it printed to each of its outputs. */
public record HelperRun(int exitStatus, String stdout, String stderr) {

    static final int KEPT = 8192;
}
