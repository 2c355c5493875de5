package io.holdfast.sources.backupapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Makes sockets that look at an address when they connect to it: after every name was resolved, so that what is checked is
 * what is spoken to.
 */
final class GuardedSockets extends SocketFactory {

    private final Predicate<InetAddress> refused;

    GuardedSockets(Predicate<InetAddress> refused) {
        this.refused = refused;
    }

    /** Nothing was sent. */
    static final class AddressRefused extends IOException {
        AddressRefused(String address) {
            super(address + " is an address to which no plan may lead");
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                if (!(endpoint instanceof InetSocketAddress internet)
                        || internet.getAddress() == null
                        || refused.test(internet.getAddress())) {
                    throw new AddressRefused(String.valueOf(endpoint));
                }
                super.connect(endpoint, timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
