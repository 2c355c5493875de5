package io.holdfast.console.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a token's holder may do; each role may do all that the ones before it may. */
public enum Role {
    /** Sees how things stand; reads no data out of backups. */
    VIEWER,
    /** Backs up, restores, downloads, acknowledges. */
    OPERATOR,
    /** Changes the plan. */
    ADMINISTRATOR;

    static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.wire().equals(name)).findFirst();
    }

    /** As token files write it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<GrantedAuthority> authorities() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }
}
