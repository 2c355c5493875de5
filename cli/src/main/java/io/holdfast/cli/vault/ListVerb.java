package io.holdfast.cli.vault;

import io.holdfast.cli.repository.FileKind;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.Vault;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List the ids of what a repository is made of.")
final class ListVerb extends RepositoryVerb {

    private static final String BLOBS = "blobs";

    @Parameters(paramLabel = "blobs|packs|index|snapshots|keys|locks", description = "Of what.")
    @SuppressWarnings("NullAway.Init")
    private String what;

    private @Nullable FileKind kind;

    @Override
    protected void prepare() {
        Optional<FileKind> named = Arrays.stream(FileKind.values())
                .filter(each -> each.plural().equals(what))
                .findFirst();
        if (named.isEmpty() && !what.equals(BLOBS)) {
            throw usage("There are no '%s' to list.".formatted(what));
        }
        kind = named.orElse(null);
    }

    @Override
    protected int run(Vault vault) throws Exception {
        if (kind == null) {
            vault.cat()
                    .blobs(blob -> show(
                            blob.type().name().toLowerCase(Locale.ROOT),
                            blob.id().toString(),
                            true));
            return ExitCodes.DONE;
        }
        for (String id : vault.cat().names(kind.type())) {
            show(kind.singular(), id, false);
        }
        return ExitCodes.DONE;
    }

    private void show(String type, String id, boolean withType) {
        if (output().isJson()) {
            output().json(new Shown(type, id));
        } else {
            output().line(withType ? type + " " + id : id);
        }
    }

    private record Shown(String type, String id) {}
}
