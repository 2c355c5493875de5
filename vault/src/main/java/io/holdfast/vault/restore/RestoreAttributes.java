package io.holdfast.vault.restore;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.files.Accounts;
import io.holdfast.vault.files.Inode;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives restored files their attributes: owner, extended attributes, times, permissions, in restic's order. One that
 * cannot be set is a problem, and the others are set all the same.
 */
final class RestoreAttributes {

    private static final int LENDS_RIGHTS = 06000;

    private final Accounts accounts = new Accounts();
    private final RestoreSpec spec;
    private final RestoreFindings findings;

    RestoreAttributes(RestoreSpec spec, RestoreFindings findings) {
        this.spec = spec;
        this.findings = findings;
    }

    void apply(Inode inode, Metadata wanted, Object path) throws IOException {
        boolean owned = true;
        if (setsOwners()) {
            owned = attempt(path, "owner", () -> inode.setOwner(uid(wanted), gid(wanted)));
        }
        applyExtended(inode, wanted, path);
        attempt(path, "times", () -> inode.setTimes(wanted.atime(), wanted.mtime()));
        if (wanted.type() != NodeType.SYMLINK) {
            int permissions = owned ? permissions(wanted) : permissions(wanted) & ~LENDS_RIGHTS;
            attempt(path, "permissions", () -> inode.setPermissions(permissions));
        }
        if (!setsOwners() || lendsRights(wanted)) {
            tell(inode.stat(), wanted, path);
        }
    }

    private void applyExtended(Inode inode, Metadata wanted, Object path) throws IOException {
        Set<String> named = new HashSet<>();
        List<ExtendedAttribute> present = inode.attributes();
        for (ExtendedAttribute each : wanted.attributes()) {
            named.add(each.name());
            if (isSet(each) && !present.contains(each)) {
                attempt(path, "attribute " + each.name(), () -> inode.setAttribute(each));
            }
        }
        for (ExtendedAttribute each : present) {
            if (isRemoved(each) && !named.contains(each.name())) {
                attempt(path, "attribute " + each.name(), () -> inode.removeAttribute(each.name()));
            }
        }
    }

    /** Whether {@link #apply} would change nothing but the time of access; then tells the same as it does. */
    boolean areSet(Metadata now, Metadata wanted, Object path) {
        boolean set = agree(now, wanted);
        if (set) {
            tell(now, wanted, path);
        }
        return set;
    }

    /**
     * Tells what {@link #apply} would.
     *
     * @param now what would get the attributes; null for what is yet to be made
     */
    void foretell(@Nullable Metadata now, Metadata wanted, Object path) {
        if (now == null) {
            tell(Self.UID, Self.GID, wanted, path, wouldLendTheSame(wanted));
        } else if (!areSet(now, wanted, path)) {
            tell(now.uid(), now.gid(), wanted, path, wouldLendTheSame(wanted));
        }
    }

    private void tell(Metadata now, Metadata wanted, Object path) {
        tell(now.uid(), now.gid(), wanted, path, lendsTheSame(now, wanted));
    }

    private void tell(long uid, long gid, Metadata wanted, Object path, boolean lendsTheSame) {
        boolean isOthers = (uid != wanted.uid() || gid != wanted.gid()) && !wanted.isVirtualDirectory();
        if (isOthers && !setsOwners()) {
            findings.ofOther(path, wanted.uid(), wanted.gid());
        }
        if (!lendsTheSame) {
            findings.withoutRights(path);
        }
    }

    private static boolean lendsRights(Metadata metadata) {
        return (metadata.permissions() & LENDS_RIGHTS) != 0
                || metadata.attributes().stream().anyMatch(RestoreAttributes::isCapability);
    }

    private static boolean lendsTheSame(Metadata now, Metadata wanted) {
        return (wanted.permissions() & LENDS_RIGHTS & ~now.permissions()) == 0
                && wanted.attributes().stream()
                        .filter(RestoreAttributes::isCapability)
                        .allMatch(now.attributes()::contains);
    }

    private boolean wouldLendTheSame(Metadata wanted) {
        return spec.has(Option.SETUID) || wanted.type() == NodeType.DIR || !lendsRights(wanted);
    }

    private static boolean isCapability(ExtendedAttribute attribute) {
        return attribute.name().equals("security.capability");
    }

    private boolean agree(Metadata now, Metadata wanted) {
        return now.type() == wanted.type()
                && now.mtime().equals(wanted.mtime())
                && (wanted.type() == NodeType.SYMLINK || now.permissions() == permissions(wanted))
                && (!setsOwners() || (now.uid() == uid(wanted) && now.gid() == gid(wanted)))
                && agree(now.attributes(), wanted.attributes());
    }

    private boolean agree(List<ExtendedAttribute> now, List<ExtendedAttribute> wanted) {
        if (now.isEmpty() && wanted.isEmpty()) {
            return true;
        }
        List<ExtendedAttribute> missing = new ArrayList<>(wanted);
        missing.removeAll(now);
        Set<String> named = new HashSet<>();
        wanted.forEach(each -> named.add(each.name()));
        return missing.stream().noneMatch(this::isSet)
                && now.stream().noneMatch(each -> isRemoved(each) && !named.contains(each.name()));
    }

    private boolean isSet(ExtendedAttribute attribute) {
        boolean lendsRights =
                attribute.name().startsWith("security.") || attribute.name().startsWith("trusted.");
        return spec.has(Option.SETUID) || !lendsRights;
    }

    /** Labels that the system itself gives to new files stay. */
    private boolean isRemoved(ExtendedAttribute attribute) {
        String name = attribute.name();
        return name.startsWith("user.")
                || name.startsWith("system.posix_acl_")
                || (isCapability(attribute) && spec.has(Option.SETUID));
    }

    private int permissions(Metadata wanted) {
        boolean strips = !spec.has(Option.SETUID) && wanted.type() != NodeType.DIR;
        return strips ? wanted.permissions() & ~LENDS_RIGHTS : wanted.permissions();
    }

    private boolean setsOwners() {
        return spec.has(Option.OWNERS) || spec.has(Option.OWNERS_BY_NAME);
    }

    private long uid(Metadata wanted) {
        return spec.has(Option.OWNERS_BY_NAME) ? accounts.user(wanted.user()).orElse(wanted.uid()) : wanted.uid();
    }

    private long gid(Metadata wanted) {
        return spec.has(Option.OWNERS_BY_NAME) ? accounts.group(wanted.group()).orElse(wanted.gid()) : wanted.gid();
    }

    private interface Step {
        void run() throws IOException;
    }

    private boolean attempt(Object path, String what, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            findings.problem(path, "its %s could not be set: %s".formatted(what, Problem.reason(e)));
            return false;
        }
    }
}
