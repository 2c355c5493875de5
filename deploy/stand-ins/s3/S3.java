import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Objects as files, as the server that it stands in for keeps them. */
class S3 {

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getenv("VGW_BACKEND_ARG")));
        S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://0.0.0.0" + System.getenv("VGW_PORT")))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4,
                        System.getenv("ROOT_ACCESS_KEY_ID"),
                        System.getenv("ROOT_SECRET_ACCESS_KEY"))
                .build()
                .start();
    }
}
