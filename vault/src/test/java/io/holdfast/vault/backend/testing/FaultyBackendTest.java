package io.holdfast.vault.backend.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendContractTest;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.FaultyBackend.Call;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyBackendTest extends BackendContractTest {

    private static final byte[] CONTENT = {1, 2, 3};

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend faulty = new FaultyBackend(memory);

    @Override
    protected Backend open() throws BackendException {
        memory.store(Handle.CONFIG, config());
        return faulty;
    }

    @Test
    void failsTheCallsItWasAskedToAndNoOther() throws BackendException {
        faulty.on(Trigger.of(Operation.STORE, FileType.PACK).onCall(2), new Fault.Failure(Kind.FULL));

        faulty.store(handle(FileType.PACK, 1), CONTENT);
        faulty.store(handle(FileType.INDEX, 1), CONTENT);
        assertThat(kindOf(() -> faulty.store(handle(FileType.PACK, 2), CONTENT)))
                .isEqualTo(Kind.FULL);
        faulty.store(handle(FileType.PACK, 3), CONTENT);

        assertThat(memory.handles())
                .containsExactlyInAnyOrder(
                        Handle.CONFIG, handle(FileType.PACK, 1), handle(FileType.INDEX, 1), handle(FileType.PACK, 3));
        assertThat(faulty.calls())
                .hasSize(4)
                .contains(new Call(Operation.STORE, handle(FileType.PACK, 2).path()));
    }

    @Test
    void losesAnAnswerAfterTheWorkWasDone() throws BackendException {
        faulty.on(Trigger.of(Operation.STORE), new Fault.AnswerLost(Kind.UNREACHABLE));

        assertThat(kindOf(() -> faulty.store(PACK, CONTENT))).isEqualTo(Kind.UNREACHABLE);
        assertThat(memory.load(PACK)).isEqualTo(CONTENT);
    }

    @Test
    void damagesContentOnItsWay() throws BackendException {
        memory.store(PACK, CONTENT);
        faulty.on(Trigger.of(Operation.LOAD).onCall(1), new Fault.Truncated(2));
        faulty.on(Trigger.of(Operation.LOAD).onCall(2), new Fault.FlippedBit(9));
        faulty.on(Trigger.of(Operation.STORE), new Fault.FlippedBit(0));

        assertThat(faulty.load(PACK)).containsExactly(1, 2);
        assertThat(faulty.load(PACK)).containsExactly(1, 0, 3);
        assertThat(faulty.load(PACK)).isEqualTo(CONTENT);
        faulty.store(PACK, CONTENT);
        assertThat(memory.load(PACK)).containsExactly(0, 2, 3);
    }

    @Test
    void listsInPartAndHeals() throws BackendException {
        memory.store(handle(FileType.PACK, 1), CONTENT);
        memory.store(handle(FileType.PACK, 2), CONTENT);
        faulty.on(Trigger.of(Operation.LIST, FileType.PACK).fromCall(2), new Fault.PartialListing(1));

        assertThat(faulty.list(FileType.PACK)).hasSize(2);
        assertThat(faulty.list(FileType.PACK)).hasSize(1);
        faulty.heal();
        assertThat(faulty.list(FileType.PACK)).hasSize(2);
    }

    @Test
    void runsWhatATestWantsBeforeAndAfterTheWork() throws BackendException {
        List<Boolean> stored = new ArrayList<>();
        Runnable look = () -> stored.add(memory.handles().contains(PACK));
        faulty.on(Trigger.of(Operation.STORE).times(1), new Fault.Before(look));
        faulty.on(Trigger.of(Operation.STORE).times(1), new Fault.After(look));

        faulty.store(PACK, CONTENT);
        faulty.store(PACK, CONTENT);

        assertThat(stored).containsExactly(false, true);
    }
}
