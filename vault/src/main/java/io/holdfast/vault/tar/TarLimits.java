package io.holdfast.vault.tar;

/**
 * How far a tar stream is followed.
 *
 * @param extension bytes of one extended header or long name
 * @param name bytes of one name within a path
 * @param depth how many directories may lie in each other
 * @param holes bytes that sparse files may leave out, all together
 */
public record TarLimits(int extension, int name, int depth, long holes) {

    public static final TarLimits STANDARD = new TarLimits(1024 * 1024, 255, 1000, 1L << 40);
}
