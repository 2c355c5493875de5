package io.holdfast.cli.vault.key;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Keys;
import io.holdfast.vault.Vault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the passwords by whom and where they were made; * is the one in use.")
final class KeyListVerb extends RepositoryVerb {

    @Override
    protected int run(Vault vault) throws Exception {
        List<Keys.Key> keys = vault.keys().list();
        if (output().isJson()) {
            output().json(keys.stream().map(Shown::of).toList());
            return ExitCodes.DONE;
        }
        Table table = new Table("", "ID", "User", "Host", "Created");
        for (Keys.Key key : keys) {
            switch (key) {
                case Keys.Key.Usable usable ->
                    table.row(
                            usable.current() ? "*" : "",
                            usable.id().shortForm(),
                            usable.username(),
                            usable.hostname(),
                            Text.time(usable.created(), surroundings().zone()));
                case Keys.Key.Damaged(var id, var what) -> table.row("", id.shortForm(), "", "", "damaged: " + what);
            }
        }
        output().table(table);
        return ExitCodes.DONE;
    }

    /** With restic's names. */
    private record Shown(
            boolean current,
            String id,
            @JsonProperty("userName") @Nullable String userName,
            @JsonProperty("hostName") @Nullable String hostName,
            @Nullable Instant created,
            @Nullable String damage) {

        static Shown of(Keys.Key key) {
            return switch (key) {
                case Keys.Key.Usable usable ->
                    new Shown(
                            usable.current(),
                            usable.id().toString(),
                            usable.username(),
                            usable.hostname(),
                            usable.created(),
                            null);
                case Keys.Key.Damaged(var id, var what) -> new Shown(false, id.toString(), null, null, null, what);
            };
        }
    }
}
