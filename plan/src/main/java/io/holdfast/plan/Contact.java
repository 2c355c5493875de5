package io.holdfast.plan;

import org.jspecify.annotations.Nullable;

/** Somebody who may be told about an incident. */
public record Contact(
        String name,
        String email,
        @Nullable String phone,
        @Nullable String role,
        Rank rank) {

    /** Which of the two contact lists somebody is on. */
    public enum Rank {
        PRIMARY,
        SECONDARY
    }

    public Contact {
        Names.text("name", name);
        Mail.address(email);
    }
}
