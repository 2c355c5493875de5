package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.rewrite.Removal;
import java.util.List;

/** Files that were to go, and that the place did not let go. */
final class StayedFiles {

    private StayedFiles() {}

    /** Tells them; returns the exit code. */
    static int tell(List<Removal.Stayed> stayed, Output output) {
        stayed.forEach(each -> output.problem("%s stayed: %s".formatted(each.file(), Text.printable(each.why()))));
        return stayed.isEmpty() ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
    }

    static List<String> names(List<Removal.Stayed> stayed) {
        return stayed.stream().map(each -> each.file().toString()).toList();
    }
}
