package io.holdfast.plan;

import java.nio.file.Path;

/**
 * Where a site keeps its vaults: one repository per stack, each in a directory of the stack's name.
 *
 * @param directory absolute
 */
public record Vaults(Path directory, SecretReference password) {

    public Vaults {
        Names.require(directory.isAbsolute(), "the vaults' directory must be absolute, was %s", directory);
    }

    public Path of(String stack) {
        return directory.resolve(Names.name("stack", stack));
    }
}
