package io.holdfast.sources.docker;

import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Content.Given;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.docker.LocatedData.Use;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.Container.Health;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One capture of a service's data. */
final class DataCapture implements Capture {

    private final ServiceData data;
    private final Quiesce.Mode mode;
    private @Nullable LocatedData found;
    private List<Container> users = List.of();

    DataCapture(ServiceData data, Quiesce.Mode mode) {
        this.data = data;
        this.mode = mode;
    }

    @Override
    public List<String> inspect() throws IOException {
        LocatedData there = data.find(Use.READ).orElseThrow(data::missing);
        users = data.users(there);
        for (Container user : users) {
            requireWell(user);
        }
        boolean empty = data.least().files() > 0
                && Explained.calling(Explained.NOT_CAPTURED, () -> there.place().isEmpty());
        if (empty) {
            throw new SourceException(
                    "HF-Q14",
                    "There is nothing in %s. %s If it should hold data, look whether it is mounted and who emptied it; if not, take it out of the plan, or say at-least: 0B where a plan may say that."
                            .formatted(data.title(), Explained.NOT_CAPTURED));
        }
        found = there;
        return users.stream().filter(user -> isOn(user)).map(Container::name).toList();
    }

    @Override
    public Content read() throws IOException {
        Content content = data.content(Objects.requireNonNull(found, "inspect comes first"))
                .ofAtLeast(data.least());
        return mode == Quiesce.Mode.NONE && isBeingWritten() ? content.as(Given.BEING_WRITTEN) : content;
    }

    /** Whether one that can write runs, now that everything rests that is to rest. */
    private boolean isBeingWritten() throws IOException {
        for (Container user : users) {
            boolean runs = Explained.calling(
                    Explained.NOT_CAPTURED,
                    () -> data.docker()
                            .engine()
                            .container(user.id())
                            .filter(now -> isOn(now) && now.state() != Container.State.PAUSED)
                            .isPresent());
            if (runs) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void validate() throws IOException {
        for (Container before : users) {
            Optional<Container> now = Explained.calling(
                    "What was read is kept as an incomplete snapshot.",
                    () -> data.docker().engine().container(before.id()));
            if (now.isEmpty()) {
                throw changed(before, "it was removed or created anew");
            }
            if (!now.get().name().equals(before.name())) {
                throw changed(before, "it was renamed to " + now.get().name());
            }
            if (now.get().health() == Health.UNHEALTHY) {
                throw changed(before, "its health check fails now");
            }
            if (isOn(before) != isOn(now.get())) {
                throw changed(before, "it is %s now".formatted(now.get().state()));
            }
            if (mode != Quiesce.Mode.STOP
                    && !Objects.equals(before.startedAt(), now.get().startedAt())) {
                throw changed(before, "it was started anew");
            }
        }
    }

    private static boolean isOn(Container container) {
        return switch (container.state()) {
            case RUNNING, PAUSED, RESTARTING -> true;
            case CREATED, EXITED, DEAD, REMOVING -> false;
        };
    }

    private static void requireWell(Container user) throws SourceException {
        String why = switch (user.state()) {
            case RESTARTING -> "keeps restarting";
            case REMOVING -> "is being removed";
            case DEAD -> "is broken";
            case CREATED, RUNNING, PAUSED, EXITED -> user.health() == Health.UNHEALTHY ? "fails its health check" : "";
        };
        if (!why.isEmpty()) {
            throw new SourceException(
                    "HF-Q16",
                    "Container %s %s. %s Look at its log and mend it, then back it up again."
                            .formatted(user.name(), why, Explained.NOT_CAPTURED));
        }
    }

    private static SourceException changed(Container before, String how) {
        return new SourceException(
                "HF-Q16",
                "Container %s did not stay as it was during the capture: %s. What was read may be of two states and is kept as an incomplete snapshot; earlier snapshots are safe. Back it up again."
                        .formatted(before.name(), how));
    }
}
