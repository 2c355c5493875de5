package io.holdfast.sources.chroma;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/**
 * What tells a record's vector from others.
 *
 * @param id the record's
 * @param norm its Euclidean length, over all dimensions
 * @param beginning its first numbers
 */
record Vector(String id, int dimension, double norm, List<Double> beginning) {

    private static final int BEGINNING = 16;
    /** Vectors are stored in single precision, and some indexes scale them to and fro. */
    private static final double TOLERANCE = 1e-4;

    Vector {
        Objects.requireNonNull(id, "no id");
        beginning = List.copyOf(beginning);
    }

    static Vector of(String id, JsonNode numbers) {
        var beginning = new ArrayList<Double>();
        double squares = 0;
        for (JsonNode number : numbers) {
            double value = number.asDouble();
            squares += value * value;
            if (beginning.size() < BEGINNING) {
                beginning.add(value);
            }
        }
        return new Vector(id, numbers.size(), Math.sqrt(squares), beginning);
    }

    boolean isSameAs(Vector other) {
        return dimension == other.dimension
                && beginning.size() == other.beginning.size()
                && isNear(norm, other.norm)
                && DoubleStream.iterate(0, i -> i < beginning.size(), i -> i + 1)
                        .allMatch(i -> isNear(beginning.get((int) i), other.beginning.get((int) i)));
    }

    static boolean isNear(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));
    }
}
