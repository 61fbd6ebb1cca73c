package dev.bulla.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides at the moment of connecting, on the address that is really connected, so that neither an odd way of writing an address nor
 * a name that changes its meaning gets past. Behind a forward proxy every connection goes to the proxy, and the proxy must guard.
 */
final class EgressGuard extends SocketFactory {
    /** Thrown by a socket that was told to connect where it may not. */
    static final class Blocked extends SocketException {
        private static final long serialVersionUID = 1L;
    }

    private final List<Reachable> exceptions;
    private final @Nullable InetSocketAddress proxy;

    EgressGuard(List<Reachable> exceptions, @Nullable InetSocketAddress proxy) {
        this.exceptions = exceptions;
        this.proxy = proxy;
    }

    boolean permits(InetSocketAddress target) {
        if (proxy != null) {
            return isProxy(proxy, target);
        }
        InetAddress address = target.getAddress();
        return address != null
                && (PublicAddress.is(address) || exceptions.stream().anyMatch(one -> one.matches(target)));
    }

    private static boolean isProxy(InetSocketAddress proxy, InetSocketAddress target) {
        return target.getPort() == proxy.getPort()
                && (target.getHostString().equalsIgnoreCase(proxy.getHostString())
                        || proxy.getAddress() != null && proxy.getAddress().equals(target.getAddress()));
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new GuardedSocket();
        // Without it the TLS handshake waits some 40 ms for a delayed acknowledgement.
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws SocketException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws SocketException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws SocketException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws SocketException {
        throw unconnectedOnly();
    }

    private static SocketException unconnectedOnly() {
        return new SocketException("only unconnected sockets are made here");
    }

    private final class GuardedSocket extends Socket {
        @Override
        public void connect(SocketAddress target) throws IOException {
            connect(target, 0);
        }

        @Override
        public void connect(SocketAddress target, int timeout) throws IOException {
            if (!(target instanceof InetSocketAddress inet) || inet.isUnresolved()) {
                throw new UnknownHostException();
            }
            if (!permits(inet)) {
                throw new Blocked();
            }
            super.connect(target, timeout);
        }
    }
}
