package io.holdfast.vault.crypto;

import java.util.ServiceLoader;

/**
 * What a guess of a password costs in new key files. Tests, which make hundreds of repositories, put a service of this type
 * on their class path that makes it cheap; no setting does.
 */
public interface KeyCost {

    /** restic's, about half a second and 32 MiB for each guess. */
    KeyCost STANDARD = () -> 32768;

    /** scrypt's N: a power of two above 1. */
    int n();

    static KeyCost found() {
        return ServiceLoader.load(KeyCost.class, KeyCost.class.getClassLoader())
                .findFirst()
                .orElse(STANDARD);
    }
}
