package dev.bulla.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server of bare sockets on loopback. It counts connections and requests, and answers with whatever bytes a test wants. */
public final class RawServer implements AutoCloseable {
    /** One request as it came in. */
    public record Request(String line, Map<String, String> headers, String body) {
        public String method() {
            return line.substring(0, line.indexOf(' '));
        }

        public String target() {
            return line.split(" ")[1];
        }
    }

    /** Answers one request; the connection is kept afterwards unless the socket was closed. */
    public interface Behaviour {
        void serve(Request request, OutputStream out, Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocketFactory factory, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = factory.createServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public static RawServer start(Behaviour behaviour) {
        return new RawServer(ServerSocketFactory.getDefault(), behaviour);
    }

    public static RawServer start(ServerSocketFactory factory, Behaviour behaviour) {
        return new RawServer(factory, behaviour);
    }

    /** Always the same bytes, then the connection is closed. */
    public static RawServer saying(String answer) {
        return start(closing(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public static Behaviour closing(byte[] answer) {
        return (request, out, socket) -> {
            out.write(answer);
            out.flush();
            socket.close();
        };
    }

    /** A complete answer with a body. */
    public static byte[] answer(String status, String headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    public static byte[] json(String status, String body) {
        return answer(status, "Content-Type: application/json\r\n", body.getBytes(StandardCharsets.UTF_8));
    }

    public int port() {
        return server.getLocalPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    public String url(String path) {
        return "http://" + address() + path;
    }

    public int connections() {
        return connections.get();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                behaviour.serve(request, socket.getOutputStream(), socket);
            }
        } catch (IOException e) {
            // the other side, or the test, has gone
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
