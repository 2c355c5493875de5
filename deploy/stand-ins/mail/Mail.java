import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.subethamail.smtp.server.SMTPServer;

/** The caught mail is what this prints. */
class Mail {

    public static void main(String[] arguments) throws IOException {
        SMTPServer.port(1025)
                .bindAddress(InetAddress.getByName("0.0.0.0"))
                .messageHandler((context, from, to, data) ->
                        System.out.printf("--- mail from %s to %s%n%s%n", from, to, new String(data, StandardCharsets.UTF_8)))
                .build()
                .start();
    }
}
