package io.holdfast.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a source that makes its own backups. */
final class BackupApiReader {

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(30);
    private static final long DEFAULT_MAX_SIZE = 100L << 30;
    private static final Value<Long> MAX_SIZE =
            Values.parsed(Code.BAD_VALUE, BackupApiReader::maxSize, "Write such as 100GiB");

    private BackupApiReader() {}

    /** Null if something is wrong with it, which is reported. */
    static Source.@Nullable BackupApi read(Fields fields, PlaceReader places, Quiesce quiesce, Problems problems) {
        URI url = fields.required("url", "http://127.0.0.1:15002", Values.URL);
        SecretReference token = fields.optional("token", places::secret);
        RestApi api = fields.has("api") ? fields.optional("api", RestApiReader::read) : RestApi.named(RestApis.DEFAULT);
        List<String> collections = fields.optional("collections", Values.list(Values::text), List.of());
        Duration limit = fields.optional("limit", Values.DURATION, DEFAULT_LIMIT);
        long maxSize = fields.optional("max-size", MAX_SIZE, DEFAULT_MAX_SIZE);
        if (api != null && api.perCollection() && api.list() == null && collections.isEmpty()) {
            problems.add(
                    Code.MISSING,
                    fields.at("collections"),
                    "nothing says which collections there are",
                    "Name them, or add to the API how they are listed");
            return null;
        }
        return api == null || url == null
                ? null
                : new Source.BackupApi(url, api, collections, token, limit, maxSize, quiesce);
    }

    private static long maxSize(String text) {
        long size = Sizes.parse(text);
        Names.require(size > 0, "a size of nothing lets no backup through");
        return size;
    }
}
