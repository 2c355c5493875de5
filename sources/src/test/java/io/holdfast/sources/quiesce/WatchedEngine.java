package io.holdfast.sources.quiesce;

import io.holdfast.sources.quiesce.testing.FakeEngine;
import java.io.IOException;
import java.util.Optional;

/** An engine with something that happens each time just before a container is paused or stopped. */
record WatchedEngine(FakeEngine engine, Before before) implements ContainerEngine {

    interface Before {
        void rest() throws IOException;
    }

    @Override
    public Optional<Found> find(String nameOrId) throws IOException {
        return engine.find(nameOrId);
    }

    @Override
    public void pause(String id) throws IOException {
        before.rest();
        engine.pause(id);
    }

    @Override
    public void unpause(String id) throws IOException {
        engine.unpause(id);
    }

    @Override
    public void stop(String id) throws IOException {
        before.rest();
        engine.stop(id);
    }

    @Override
    public void start(String id) throws IOException {
        engine.start(id);
    }
}
