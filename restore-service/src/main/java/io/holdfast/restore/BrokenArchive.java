package io.holdfast.restore;

/** An archive broke after its first bytes were sent: the client must see the connection break, see {@link CutArchives}. */
final class BrokenArchive extends RuntimeException {

    BrokenArchive(String message, Throwable cause) {
        super(message, cause);
    }
}
