package io.holdfast.sources.engine;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection of which each direction ends by itself. An engine passes the end of its client's direction on to a command
 * as the end of stdin, and docker-java has no way to end one direction: its sockets refuse {@code shutdownOutput}, so that
 * the command waits for ever.
 */
final class Duplex implements Closeable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int BUFFER = 64 * 1024;

    /** Ends one direction. */
    private interface Ending {
        void end() throws IOException;
    }

    private final Closeable connection;
    private final InputStream in;
    private final OutputStream out;
    private final Ending endOfOutput;

    private Duplex(Closeable connection, InputStream in, OutputStream out, Ending endOfOutput) {
        this.connection = connection;
        this.in = new BufferedInputStream(in, BUFFER);
        this.out = out;
        this.endOfOutput = endOfOutput;
    }

    static Duplex open(EngineAddress address) throws IOException {
        address.requireUsable();
        if (!address.isTcp()) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(address.uri().getPath()));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return of(channel);
        }
        SocketChannel channel = connect(address.uri());
        try {
            var ssl = address.getSSLConfig();
            return ssl == null ? of(channel) : of(secure(ssl.getSSLContext(), channel.socket(), address.uri()));
        } catch (Exception e) {
            channel.close();
            throw e instanceof IOException failure ? failure : new IOException(e);
        }
    }

    private static Duplex of(SocketChannel channel) {
        return new Duplex(
                channel, Channels.newInputStream(channel), Channels.newOutputStream(channel), channel::shutdownOutput);
    }

    private static Duplex of(SSLSocket socket) throws IOException {
        return new Duplex(socket, socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput);
    }

    private static SocketChannel connect(URI uri) throws IOException {
        var endpoint = new InetSocketAddress(uri.getHost(), uri.getPort());
        if (endpoint.isUnresolved()) {
            throw new UnknownHostException(uri.getHost());
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(endpoint, CONNECT_MILLIS);
            channel.socket().setKeepAlive(true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SSLSocket secure(SSLContext context, Socket plain, URI uri) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, uri.getHost(), uri.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void endOutput() throws IOException {
        endOfOutput.end();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
