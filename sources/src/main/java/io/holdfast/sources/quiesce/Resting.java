package io.holdfast.sources.quiesce;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a bracket holds: what it was before it was touched, and what is done to it. Written before that is done,
 * and all that is needed to bring it back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface Resting {

    /** What is done to it. */
    enum Rest {
        /** Nothing: it was at rest already, and stays as it is. */
        NONE,
        PAUSE,
        STOP
    }

    Rest rest();

    /** Names it among everything of its site, for good: what is made anew under the same name is something else. */
    @JsonIgnore
    String key();

    /** For an operator: {@code container redis}. */
    @JsonIgnore
    String title();

    /** Whether both are the same run of the same thing: nobody has started it in between. */
    boolean isSameRun(Resting other);

    /**
     * A container.
     *
     * @param startedAt the beginning of the run that it was found in; null if it never ran
     * @param paused whether it was found paused
     */
    @JsonTypeName("container")
    record OfContainer(String id, String name, @Nullable String startedAt, boolean paused, Rest rest)
            implements Resting {

        @Override
        public String key() {
            return "container " + id;
        }

        @Override
        public String title() {
            return "container " + name;
        }

        @Override
        public boolean isSameRun(Resting other) {
            return other instanceof OfContainer container
                    && container.id.equals(id)
                    && Objects.equals(container.startedAt, startedAt);
        }
    }

    /**
     * A systemd unit.
     *
     * @param activeSince when it became active, as systemd tells it; empty if it was not, or that is not to be known again
     */
    @JsonTypeName("unit")
    record OfUnit(String name, String activeSince, Rest rest) implements Resting {

        @Override
        public String key() {
            return "unit " + name;
        }

        @Override
        public String title() {
            return key();
        }

        @Override
        public boolean isSameRun(Resting other) {
            return other instanceof OfUnit unit
                    && unit.name.equals(name)
                    && (unit.activeSince.equals(activeSince) || unit.activeSince.isEmpty() || activeSince.isEmpty());
        }
    }

    /**
     * A Kubernetes workload.
     *
     * @param name namespace/kind/name
     * @param uid which never comes again
     * @param replicas how many it was to have
     * @param ready how many of them were ready
     */
    @JsonTypeName("workload")
    record OfWorkload(String name, String uid, int replicas, int ready, Rest rest) implements Resting {

        @Override
        public String key() {
            return "workload " + name + " " + uid;
        }

        @Override
        public String title() {
            return "workload " + name;
        }

        @Override
        public boolean isSameRun(Resting other) {
            return other instanceof OfWorkload workload && workload.uid.equals(uid);
        }
    }
}
