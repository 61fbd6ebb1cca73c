package dev.bulla.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
    private static HttpCall get(String url) {
        return HttpCall.of(Purpose.API, "GET", URI.create(url), null);
    }

    /** Past the checks of the call, so that the guard at the socket is what holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "127.1",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "[::ffff:127.0.0.1]",
                "[::1]",
                "0.0.0.0",
                "[::]",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
                "localhost",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:0:0:1]"
            })
    void noWayOfWritingLoopbackConnects(String host) throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            Clients clients = new Clients(HttpSettings.standard(), java.util.List.of());
            for (Purpose purpose : Purpose.values()) {
                HttpUrl url = HttpUrl.get("http://" + host + ":" + server.port() + "/");
                Throwable failure = catchThrowable(() -> clients.of(purpose)
                        .newCall(new Request.Builder().url(url).build())
                        .execute()
                        .close());
                assertThat(failure).isNotNull();
            }
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://localhost",
                "https://[::1]",
                "https://[::ffff:127.0.0.1]",
                "https://169.254.169.254",
                "https://10.0.0.1",
                "https://2130706433",
                "https://127.1",
                "http://example.com",
                "https://0.0.0.0",
                "https://[64:ff9b::7f00:1]",
                "ftp://example.com",
                "https://user@example.com",
                "https://example.com/a/../b",
                "https://example.com/#part",
                "https://ex_ample.com",
                "https://example.com/%2e%2e/b"
            })
    void theCallFailsTyped(String address) {
        try (HardenedHttp http = HardenedHttp.create(HttpSettings.standard())) {
            assertThatThrownBy(() -> http.send(get(address)))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_BLOCKED))
                    .hasNoCause();
        }
    }

    @Test
    void aNameThatTurnsIntoAnAllowedAddressIsStillAnotherName() {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                HardenedHttp http = HardenedHttp.create(HttpSettings.standard().reaching(server.address()))) {
            assertThatThrownBy(() -> http.send(get("https://localhost:" + server.port() + "/")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_BLOCKED));
            assertThat(server.connections()).isZero();
            assertThat(http.send(get(server.url("/"))).status()).isEqualTo(200);
        }
    }

    @Test
    void anExceptionIsOneHostAndOnePort() {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawServer other = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                HardenedHttp http =
                        HardenedHttp.create(HttpSettings.standard().reaching("localhost:" + server.port()))) {
            assertThat(http.send(get("http://localhost:" + server.port() + "/")).status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> http.send(get("http://localhost:" + other.port() + "/")))
                    .isInstanceOf(BullaException.class);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void plainHttpIsForLoopbackOnly() {
        try (HardenedHttp http = HardenedHttp.create(
                HttpSettings.standard().reaching("10.1.2.3:80").reaching("intern:80"))) {
            for (String address : new String[] {"http://10.1.2.3/", "http://intern/"}) {
                assertThatThrownBy(() -> http.send(get(address)))
                        .isInstanceOfSatisfying(
                                BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_BLOCKED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "100::1",
                "::7f00:1",
                "3fff::1"
            })
    void privateAddressesAreKnown(String address) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void publicAddressesAreReachable(String address) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void behindAProxyOnlyTheProxyIsConnected() throws Exception {
        InetSocketAddress proxy = new InetSocketAddress("10.9.8.7", 3128);
        EgressGuard guard = new EgressGuard(java.util.List.of(), proxy);
        assertThat(guard.permits(proxy)).isTrue();
        assertThat(guard.permits(new InetSocketAddress("10.9.8.7", 3129))).isFalse();
        assertThat(guard.permits(new InetSocketAddress("8.8.8.8", 443))).isFalse();
    }

    @Test
    void theProxyIsUsed() {
        RawServer.Behaviour refusing = RawServer.closing(
                "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        try (RawServer proxy = RawServer.start(refusing);
                HardenedHttp http = HardenedHttp.create(
                        HttpSettings.standard().through(new InetSocketAddress("127.0.0.1", proxy.port())))) {
            assertThatThrownBy(() -> http.send(get("https://api.example.com/x")))
                    .isInstanceOf(BullaException.class);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(proxy.requests().get(0).line()).startsWith("CONNECT api.example.com:443");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "http://localhost:80", "localhost:http", ":80", "localhost:99999", "a b:80"})
    void anExceptionThatIsNoHostAndPortIsToldAtSetup(String text) {
        assertThatThrownBy(() -> HttpSettings.standard().reaching(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
