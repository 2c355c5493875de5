package io.holdfast.vault.files;

import io.holdfast.vault.tree.NodeType;

/** {@code st_mode} (inode(7)): what a file is, and who may do what with it. */
final class UnixMode {

    private UnixMode() {}

    static NodeType type(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> NodeType.FILE;
            case 0040000 -> NodeType.DIR;
            case 0120000 -> NodeType.SYMLINK;
            case 0060000 -> NodeType.DEVICE;
            case 0020000 -> NodeType.CHARDEV;
            case 0010000 -> NodeType.FIFO;
            case 0140000 -> NodeType.SOCKET;
            default -> NodeType.IRREGULAR;
        };
    }

    static int of(NodeType type) {
        return switch (type) {
            case FILE -> 0100000;
            case DIR -> 0040000;
            case SYMLINK -> 0120000;
            case DEVICE -> 0060000;
            case CHARDEV -> 0020000;
            case FIFO -> 0010000;
            case SOCKET -> 0140000;
            case IRREGULAR -> 0;
        };
    }

    static int permissions(int mode) {
        return mode & 07777;
    }
}
