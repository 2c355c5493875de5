package io.holdfast.sources.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Containers chosen by labels: {@code label:KEY=VALUE}, or {@code compose:PROJECT/SERVICE}. No name or id looks like that.
 *
 * @param labels all of which must hold, each {@code KEY=VALUE}: a key alone would choose the containers of others too
 */
record ByLabel(List<String> labels) {

    private static final Pattern LABEL = Pattern.compile("label:([A-Za-z0-9._/-]+=[^\\p{Cntrl}]+)");
    private static final Pattern COMPOSE =
            Pattern.compile("compose:([a-z0-9][a-z0-9_-]*)/([A-Za-z0-9][A-Za-z0-9._-]*)");

    /** Empty if it is a name or an id. */
    static Optional<ByLabel> of(String named) {
        Matcher label = LABEL.matcher(named);
        if (label.matches()) {
            return Optional.of(new ByLabel(List.of(label.group(1))));
        }
        Matcher compose = COMPOSE.matcher(named);
        return compose.matches()
                ? Optional.of(new ByLabel(List.of(
                        "com.docker.compose.project=" + compose.group(1),
                        "com.docker.compose.service=" + compose.group(2),
                        "com.docker.compose.oneoff=False")))
                : Optional.empty();
    }
}
