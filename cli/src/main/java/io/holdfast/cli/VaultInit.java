package io.holdfast.cli;

import io.holdfast.vault.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "init", description = "Make a repository, and print its recovery sheet.")
final class VaultInit extends VaultVerb {

    @Override
    Vault opened() throws IOException {
        return withBackend(Vault::init, passwordSource(true));
    }

    @Override
    int run(Vault vault) {
        RecoverySheet sheet = RecoverySheet.of(vault.location(), passwordSource(false));
        if (output().isJson()) {
            output().json(new Made("initialized", vault.id().toString(), vault.location(), sheet));
        } else {
            output().line("Made repository %s at %s."
                    .formatted(vault.id().toString().substring(0, 10), vault.location()));
            output().line("");
            sheet.lines().forEach(output()::line);
        }
        return ExitCodes.DONE;
    }

    private record Made(String messageType, String id, String repository, RecoverySheet recoverySheet) {}
}
