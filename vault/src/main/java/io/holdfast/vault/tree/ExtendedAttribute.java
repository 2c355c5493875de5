package io.holdfast.vault.tree;

import java.util.Arrays;

/**
 * An attribute that a file carries beside its content; access control lists are {@code system.posix_acl_access} and
 * {@code system.posix_acl_default}.
 *
 * @param name with its namespace, as {@code user.comment}
 * @param value must not be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent")
public record ExtendedAttribute(String name, byte[] value) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttribute(String theirs, byte[] bytes)
                && name.equals(theirs)
                && Arrays.equals(value, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "%s (%d bytes)".formatted(name, value.length);
    }
}
