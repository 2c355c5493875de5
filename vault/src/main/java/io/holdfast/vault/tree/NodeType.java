package io.holdfast.vault.tree;

/** What a node is, with the format's words and the type bits of its mode, which are Go's and not Unix's. */
public enum NodeType {
    FILE("file", 0),
    DIR("dir", 1L << 31),
    SYMLINK("symlink", 1L << 27),
    DEVICE("dev", 1L << 26),
    CHARDEV("chardev", (1L << 26) | (1L << 21)),
    FIFO("fifo", 1L << 25),
    SOCKET("socket", 1L << 24),
    IRREGULAR("irregular", 1L << 19);

    private final String word;
    private final long bits;

    NodeType(String word, long bits) {
        this.word = word;
        this.bits = bits;
    }

    public String word() {
        return word;
    }

    static NodeType of(String word) {
        for (NodeType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown node type");
    }

    /** The format's mode for this type and Unix permission bits (including setuid, setgid, sticky). */
    public long mode(int permissions) {
        return bits
                | (permissions & 0777)
                | ((permissions & 04000) != 0 ? 1L << 23 : 0)
                | ((permissions & 02000) != 0 ? 1L << 22 : 0)
                | ((permissions & 01000) != 0 ? 1L << 20 : 0);
    }

    /** The Unix permission bits (including setuid, setgid, sticky) within the format's mode. */
    public static int permissions(long mode) {
        return (int) (mode & 0777)
                | ((mode & (1L << 23)) != 0 ? 04000 : 0)
                | ((mode & (1L << 22)) != 0 ? 02000 : 0)
                | ((mode & (1L << 20)) != 0 ? 01000 : 0);
    }
}
