package io.holdfast.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The descriptions of systems that plans may mean by a name. They are written as a plan would write them. */
final class RestApis {

    /** What a plan means that says nothing. */
    static final String DEFAULT = "vectorizer";

    static final List<String> NAMES = List.of(DEFAULT, "qdrant");

    private RestApis() {}

    static RestApi named(String name) {
        return Objects.requireNonNull(Known.BY_NAME.get(name), name);
    }

    /** Read when one is first asked for. */
    private static final class Known {
        static final Map<String, RestApi> BY_NAME =
                NAMES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Known::read));

        private static RestApi read(String name) {
            String file = name + ".yaml";
            Problems problems = new Problems(file);
            RestApi api = new YamlText(file, problems)
                    .compose(text(file))
                    .map(node -> RestApiReader.read(new Located(node, ""), problems))
                    .orElse(null);
            if (api == null || !problems.isEmpty()) {
                throw new IllegalStateException(problems.found().toString());
            }
            return api;
        }

        private static String text(String file) {
            try (InputStream in = RestApis.class.getResourceAsStream("backup-api/" + file)) {
                return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
