package io.holdfast.sources.quiesce.testing;

import io.holdfast.sources.quiesce.ContainerEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine in memory, with the manners of a real one: what is paused ends when the engine is restarted, what ran is
 * off afterwards, and every start begins a new run.
 */
public final class FakeEngine implements ContainerEngine {

    private final Map<String, Found> containers = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private int ids;
    private int runs;
    private boolean reachable = true;
    private final Set<String> stuck = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Set<String> late = new HashSet<>();
    private final Map<String, Integer> busy = new HashMap<>();

    /** Makes a container. It gets a new id, also if there was one of that name. */
    public synchronized void create(String name, State state) {
        remove(name);
        String id = "%064x".formatted(++ids);
        containers.put(id, new Found(id, name, state, false, state == State.OFF ? null : nextRun(), false));
    }

    public synchronized void remove(String name) {
        containers.values().removeIf(container -> container.name().equals(name));
    }

    public synchronized void setUnhealthy(String name) {
        Found found = named(name);
        put(new Found(found.id(), name, found.state(), true, found.startedAt(), found.goesWhenStopped()));
    }

    public synchronized void setGoesWhenStopped(String name) {
        Found found = named(name);
        put(new Found(found.id(), name, found.state(), found.unhealthy(), found.startedAt(), true));
    }

    /** An operator's hand: what the engine is asked past Holdfast. */
    public synchronized void turn(String name, State state) {
        Found found = named(name);
        boolean begins = found.state() == State.OFF && state != State.OFF;
        put(found, state, begins ? nextRun() : found.startedAt());
    }

    /** Restarts the engine or its host: nothing runs afterwards. */
    public synchronized void restart() {
        List.copyOf(containers.values()).forEach(found -> put(found, State.OFF, found.startedAt()));
    }

    public synchronized void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    /** Whether it cannot be unpaused or started. */
    public synchronized void setStuck(String name, boolean isStuck) {
        if (isStuck) {
            stuck.add(name);
        } else {
            stuck.remove(name);
        }
    }

    /** Answers nothing about a container, until that is thawed. */
    public synchronized void setSilent(String name) {
        silent.add(name);
    }

    /** Says of a container once more that it runs. */
    public synchronized void setLate(String name) {
        late.add(name);
    }

    /** Cannot be paused as many times: its runtime gives up to freeze it, and lets it go on. */
    public synchronized void setBusy(String name, int times) {
        busy.put(name, times);
    }

    public synchronized State stateOf(String name) {
        return named(name).state();
    }

    public synchronized boolean has(String name) {
        return containers.values().stream().anyMatch(found -> found.name().equals(name));
    }

    /** What was asked that changes something, in order, such as {@code pause db}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized Optional<Found> find(String nameOrId) throws IOException {
        requireReachable();
        Optional<Found> found = containers.values().stream()
                .filter(each -> each.id().equals(nameOrId) || each.name().equals(nameOrId))
                .findFirst();
        if (found.isPresent() && silent.contains(found.get().name())) {
            throw new IOException("no answer within 60 seconds");
        }
        return found.map(it -> late.remove(it.name())
                ? new Found(it.id(), it.name(), State.RUNNING, it.unhealthy(), it.startedAt(), it.goesWhenStopped())
                : it);
    }

    @Override
    public synchronized boolean thaw(String id) {
        Found found = containers.get(id);
        return found != null && silent.remove(found.name()) && calls.add("thaw " + found.name());
    }

    @Override
    public synchronized void pause(String id) throws IOException {
        Found found = asked("pause", id);
        require(found.state() == State.RUNNING, found);
        if (busy.merge(found.name(), -1, Integer::sum) >= 0) {
            throw new IOException("unable to freeze");
        }
        put(found, State.PAUSED, found.startedAt());
    }

    @Override
    public synchronized void unpause(String id) throws IOException {
        Found found = asked("unpause", id);
        requireLoose(found);
        require(found.state() == State.PAUSED, found);
        put(found, State.RUNNING, found.startedAt());
    }

    @Override
    public synchronized void stop(String id) throws IOException {
        Found found = asked("stop", id);
        if (found.goesWhenStopped()) {
            containers.remove(id);
        } else {
            put(found, State.OFF, found.startedAt());
        }
    }

    @Override
    public synchronized void start(String id) throws IOException {
        Found found = asked("start", id);
        requireLoose(found);
        require(found.state() != State.PAUSED, found);
        if (found.state() == State.OFF) {
            put(found, State.RUNNING, nextRun());
        }
    }

    private Found asked(String what, String id) throws IOException {
        requireReachable();
        Found found = containers.get(id);
        if (found == null) {
            throw new IOException("no such container: " + id);
        }
        calls.add(what + " " + found.name());
        return found;
    }

    private void requireReachable() throws IOException {
        if (!reachable) {
            throw new IOException("the engine does not answer");
        }
    }

    private void requireLoose(Found found) throws IOException {
        if (stuck.contains(found.name())) {
            throw new IOException("it is stuck");
        }
    }

    private static void require(boolean holds, Found found) throws IOException {
        if (!holds) {
            throw new IOException("container %s is %s".formatted(found.name(), found.state()));
        }
    }

    private Found named(String name) {
        return containers.values().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void put(Found found, State state, @Nullable String run) {
        put(new Found(found.id(), found.name(), state, found.unhealthy(), run, found.goesWhenStopped()));
    }

    private void put(Found found) {
        containers.put(found.id(), found);
    }

    private String nextRun() {
        return "run " + ++runs;
    }
}
