package io.holdfast.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the regions. */
final class RegionReader {

    static final List<String> KEYS =
            List.of("name", "location", "access-key", "secret-key", "s3-region", "storage-class", "keep");

    private static final List<String> S3_KEYS = List.of("access-key", "secret-key", "s3-region", "storage-class");

    private final PlaceReader places;
    private final Problems problems;
    private final Map<String, Located> names = new LinkedHashMap<>();
    private final Map<Location, Located> locations = new HashMap<>();

    RegionReader(PlaceReader places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /** A region; null if something is wrong with it, which is reported. */
    @Nullable
    Region read(Located at, Problems same) {
        return Fields.of(at, KEYS, same).map(this::region).orElse(null);
    }

    /** The names of all regions in the order of the file, those with something wrong included. */
    List<String> names() {
        return List.copyOf(names.keySet());
    }

    private @Nullable Region region(Fields fields) {
        String name = fields.required("name", "east", Values.REGION);
        Location location = fields.required("location", "s3:https://host/bucket", places::location);
        SecretReference accessKey = fields.optional("access-key", places::secret);
        SecretReference secretKey = fields.optional("secret-key", places::secret);
        String s3Region = fields.optional("s3-region", Values::text);
        String storageClass = fields.optional("storage-class", Values::text);
        Retention keep = fields.optional("keep", PolicyReader::keep);
        if (name != null) {
            unique(
                    names,
                    name,
                    fields.at("name"),
                    Code.DUPLICATE_NAME,
                    "there is already a region '%s'".formatted(name));
        }
        if (location != null) {
            unique(
                    locations,
                    location,
                    fields.at("location"),
                    Code.CONTRADICTION,
                    "another region already lies at %s".formatted(location.wire()));
        }
        boolean consistent = location == null || isConsistent(location, fields);
        return name == null
                        || location == null
                        || !consistent
                        || (location instanceof Location.S3 && (accessKey == null || secretKey == null))
                ? null
                : new Region(name, location, accessKey, secretKey, s3Region, storageClass, keep);
    }

    private <K> void unique(Map<K, Located> seen, K key, Located at, Code code, String wrong) {
        Located earlier = seen.putIfAbsent(key, at);
        if (earlier != null) {
            problems.add(
                    code, at, "%s, in line %d".formatted(wrong, earlier.line()), "Each region needs one of its own");
        }
    }

    private boolean isConsistent(Location location, Fields fields) {
        return switch (location) {
            case Location.S3 _ -> {
                List<String> missing = Stream.of("access-key", "secret-key")
                        .filter(key -> !fields.has(key))
                        .toList();
                missing.forEach(key -> problems.add(
                        Code.MISSING,
                        fields.at(),
                        "the key '%s' is missing".formatted(key),
                        "Add %s: env:NAME or %s: file:PATH".formatted(key, key)));
                yield missing.isEmpty();
            }
            case Location.Directory _ -> {
                List<String> given = S3_KEYS.stream().filter(fields::has).toList();
                given.forEach(key -> problems.add(
                        Code.CONTRADICTION,
                        fields.at(key),
                        "a region in a directory has no %s".formatted(key),
                        "Take the key out"));
                yield given.isEmpty();
            }
        };
    }
}
