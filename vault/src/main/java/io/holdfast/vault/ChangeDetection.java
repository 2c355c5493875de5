package io.holdfast.vault;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Node;

/** By what a file counts as the one of the parent snapshot, and which of its times are kept. */
record ChangeDetection(boolean byInode, boolean byCtime, boolean withAtime) {

    static ChangeDetection of(BackupSpec spec) {
        boolean byInode = !spec.has(BackupOption.IGNORE_INODE);
        return new ChangeDetection(
                byInode, byInode && !spec.has(BackupOption.IGNORE_CTIME), spec.has(BackupOption.WITH_ATIME));
    }

    boolean isSameFile(Node before, Metadata now) {
        Metadata then = before.metadata();
        return before.isFile()
                && now.type() == then.type()
                && now.size() == then.size()
                && now.mtime().equals(then.mtime())
                && (!byInode || now.inode() == then.inode())
                && (!byCtime || now.ctime().equals(then.ctime()));
    }
}
