package io.holdfast.vault.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeJsonTest {

    private static final BlobId ID = BlobId.ofContent(new byte[0]);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final List<ExtendedAttribute> ATTRIBUTES =
            List.of(new ExtendedAttribute("user.b", new byte[] {0, 1}), new ExtendedAttribute("user.a", new byte[0]));

    @Test
    void spellsNodesInTheFormatsOrder() {
        Metadata file = new Metadata(NodeType.FILE, 04644, TIME, TIME, TIME, 1, 2, "u", "", -1, 7, 3, 2, 0, List.of());
        Metadata link = new Metadata(NodeType.SYMLINK, 0777, TIME, TIME, TIME, 0, 0, "", "", 5, 7, 0, 1, 0, List.of());
        List<Node> nodes = List.of(
                Node.directory(Name.of("d"), Metadata.virtualDirectory(TIME), ID),
                Node.file(Name.of("f\n"), file, List.of(ID)),
                Node.symlink(Name.of("l"), link.stored(false), Name.of(new byte[] {(byte) 0xff})));
        assertThat(text(nodes)).isEqualTo("""
                        {"nodes":[{"name":"d","type":"dir","mode":2147484141,%1$s,"uid":0,"gid":0,"user":"root","group":"root",\
                        "content":null,"subtree":"%2$s"},\
                        {"name":"f\\\\n","type":"file","mode":8389028,%1$s,"uid":1,"gid":2,"user":"u",\
                        "inode":18446744073709551615,"device_id":7,"size":3,"links":2,"content":["%2$s"]},\
                        {"name":"l","type":"symlink","mode":134218239,%1$s,"uid":0,"gid":0,"inode":5,"links":1,\
                        "linktarget":"\ufffd","linktarget_raw":"/w==","content":null}]}
                        """.formatted(
                        "\"mtime\":\"2026-01-02T03:04:05.678Z\",\"atime\":\"2026-01-02T03:04:05.678Z\","
                                + "\"ctime\":\"2026-01-02T03:04:05.678Z\"",
                        ID));
    }

    @Test
    void readsWhatItWrote() throws DamagedException {
        Metadata file = new Metadata(
                NodeType.FILE, 06755, TIME, TIME, TIME, 4294967295L, 2, "u", "g", -1, 7, 3, 2, 0, ATTRIBUTES);
        List<Node> nodes = List.of(
                Node.file(Name.of(new byte[] {'a', (byte) 0xc3}), file, List.of()),
                Node.directory(Name.of("z\u200b"), Metadata.virtualDirectory(TIME), ID));
        assertThat(TreeJson.read(TreeJson.write(nodes))).isEqualTo(nodes);
        assertThat(text(List.of())).isEqualTo("{\"nodes\":[]}\n");
    }

    @Test
    void refusesNamesThatLeaveTheirDirectory() {
        for (String name : List.of("..", ".", "", "a/b", "/etc", "a\\\\x00b")) {
            assertThatThrownBy(() -> TreeJson.read(directory(name)))
                    .as(name)
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("unsafe name");
        }
    }

    @Test
    void refusesFilesWithoutContentAndUnsortedTrees() {
        assertThatThrownBy(
                        () -> TreeJson.read(
                                bytes(
                                        "{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"mtime\":\"2026-01-02T03:04:05Z\",\"content\":null}]}")))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("no list of content");
        List<Node> unsorted = List.of(
                Node.directory(Name.of("b"), Metadata.virtualDirectory(TIME), ID),
                Node.directory(Name.of("a"), Metadata.virtualDirectory(TIME), ID));
        assertThatThrownBy(() -> TreeJson.read(TreeJson.write(unsorted))).hasMessageContaining("not sorted");
    }

    private static byte[] directory(String name) {
        return bytes(
                "{\"nodes\":[{\"name\":\"%s\",\"type\":\"dir\",\"mtime\":\"2026-01-02T03:04:05Z\",\"subtree\":\"%s\"}]}"
                        .formatted(name, ID));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<Node> nodes) {
        return new String(TreeJson.write(nodes), StandardCharsets.UTF_8);
    }
}
