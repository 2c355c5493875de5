package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.ForwardingBackend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A backend that misbehaves as a test asks it to, and keeps a record of the calls made to it.
 *
 * <pre>{@code
 * faulty.on(Trigger.of(Operation.STORE, FileType.SNAPSHOT).onCall(1), new Fault.AnswerLost(Kind.UNREACHABLE));
 * }</pre>
 */
public final class FaultyBackend extends ForwardingBackend {

    /** What can be asked of a backend. */
    public enum Operation {
        STORE,
        LOAD,
        SIZE,
        LIST,
        DELETE,
        RETAIN
    }

    /** One call, in the order they were made. {@code file} is a path, or for {@code LIST} a type. */
    public record Call(Operation operation, String file) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    public FaultyBackend(Backend place) {
        super(place);
    }

    /** Adds a fault. Each trigger counts the calls it matches from now on. */
    public FaultyBackend on(Trigger trigger, Fault fault) {
        rules.add(new Rule(trigger, fault));
        return this;
    }

    /** Makes the backend behave again. */
    public void heal() {
        rules.clear();
    }

    /** The calls made so far, failed ones included. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        List<Fault> faults = begin(Operation.STORE, handle.type(), handle.path());
        place.store(handle, changed(Arrays.copyOf(buffer, length), faults));
        end(faults, Operation.STORE, handle.path());
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        List<Fault> faults = begin(Operation.LOAD, handle.type(), handle.path());
        byte[] content = changed(place.load(handle), faults);
        end(faults, Operation.LOAD, handle.path());
        return content;
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        List<Fault> faults = begin(Operation.LOAD, handle.type(), handle.path());
        byte[] content = changed(place.load(handle, offset, length), faults);
        end(faults, Operation.LOAD, handle.path());
        return content;
    }

    @Override
    public long size(Handle handle) throws BackendException {
        List<Fault> faults = begin(Operation.SIZE, handle.type(), handle.path());
        long size = place.size(handle);
        end(faults, Operation.SIZE, handle.path());
        return size;
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        List<Fault> faults = begin(Operation.LIST, type, type.name());
        List<Entry> entries = place.list(type);
        for (Fault fault : faults) {
            if (fault instanceof Fault.PartialListing(int omitted)) {
                entries = entries.subList(0, Math.max(0, entries.size() - omitted));
            }
        }
        end(faults, Operation.LIST, type.name());
        return entries;
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        List<Fault> faults = begin(Operation.DELETE, handle.type(), handle.path());
        place.delete(handle);
        end(faults, Operation.DELETE, handle.path());
    }

    @Override
    public boolean retain(Handle handle, Instant until) throws BackendException {
        List<Fault> faults = begin(Operation.RETAIN, handle.type(), handle.path());
        boolean extended = place.retain(handle, until);
        end(faults, Operation.RETAIN, handle.path());
        return extended;
    }

    private List<Fault> begin(Operation operation, FileType type, String file) throws BackendException {
        calls.add(new Call(operation, file));
        List<Fault> faults = rules.stream()
                .filter(rule -> rule.strikes(operation, type))
                .map(Rule::fault)
                .toList();
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.Failure(Kind kind) -> throw failure(kind, operation, file);
                case Fault.Before(Runnable action) -> action.run();
                case Fault.AnswerLost _,
                        Fault.After _,
                        Fault.Truncated _,
                        Fault.FlippedBit _,
                        Fault.PartialListing _ -> {}
            }
        }
        return faults;
    }

    private void end(List<Fault> faults, Operation operation, String file) throws BackendException {
        for (Fault fault : faults) {
            switch (fault) {
                case Fault.AnswerLost(Kind kind) -> throw failure(kind, operation, file);
                case Fault.After(Runnable action) -> action.run();
                case Fault.Failure _,
                        Fault.Before _,
                        Fault.Truncated _,
                        Fault.FlippedBit _,
                        Fault.PartialListing _ -> {}
            }
        }
    }

    private static byte[] changed(byte[] content, List<Fault> faults) {
        byte[] result = content;
        for (Fault fault : faults) {
            result = fault.changed(result);
        }
        return result;
    }

    private BackendException failure(Kind kind, Operation operation, String file) {
        return new Problem(operation + " " + file, location())
                .because(kind, "a test asked for it", "Nothing is wrong.", null);
    }
}
