package io.holdfast.plan;

/**
 * How far a snapshot's size may lie from the median of the recent good ones before an alert is raised.
 *
 * @param percent of the median
 * @param floorBytes differences below this many bytes are never worth an alert
 */
public record SizeDeviation(int percent, long floorBytes) {

    public static final SizeDeviation DEFAULT = new SizeDeviation(20, 1 << 20);

    public SizeDeviation {
        Names.require(percent > 0, "percent must be positive, was %d", percent);
        Names.require(floorBytes >= 0, "floorBytes must not be negative, was %d", floorBytes);
    }
}
