package dev.bulla.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private static RawServer server(HeldCertificate certificate) {
        SSLContext context = new HandshakeCertificates.Builder()
                .heldCertificate(certificate, AUTHORITY.certificate())
                .build()
                .sslContext();
        return RawServer.start(context.getServerSocketFactory(), RawServer.closing(RawServer.json("200 OK", "{}")));
    }

    private static HeldCertificate certificate(String host) {
        return new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .addSubjectAlternativeName(host)
                .build();
    }

    private static HttpCall call(RawServer server) {
        return HttpCall.of(
                Purpose.TOKEN, "POST", URI.create("https://localhost:" + server.port() + "/token"), new byte[] {'a'});
    }

    private static HttpSettings settings(RawServer server) {
        return HttpSettings.standard().reaching("localhost:" + server.port());
    }

    @Test
    void aFurtherAuthorityIsTrusted() {
        try (RawServer server = server(certificate("localhost"));
                HardenedHttp http = HardenedHttp.create(settings(server).trusting(AUTHORITY.certificate()))) {
            assertThat(http.send(call(server)).status()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownAuthorityIsNot() {
        try (RawServer server = server(certificate("localhost"));
                HardenedHttp http = HardenedHttp.create(settings(server))) {
            assertNotSent(server, http);
        }
    }

    @Test
    void anotherHostNameIsRefused() {
        try (RawServer server = server(certificate("other.example"));
                HardenedHttp http = HardenedHttp.create(settings(server).trusting(AUTHORITY.certificate()))) {
            assertNotSent(server, http);
        }
    }

    @Test
    void anExpiredCertificateIsRefused() {
        HeldCertificate expired = new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .addSubjectAlternativeName("localhost")
                .validityInterval(TimeUnit.DAYS.toMillis(1), TimeUnit.DAYS.toMillis(2))
                .build();
        try (RawServer server = server(expired);
                HardenedHttp http = HardenedHttp.create(settings(server).trusting(AUTHORITY.certificate()))) {
            assertNotSent(server, http);
        }
    }

    private static void assertNotSent(RawServer server, HardenedHttp http) {
        var failure = catchThrowableOfType(ProviderException.class, () -> http.send(call(server)));
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasNoCause();
        assertThat(server.requests()).isEmpty();
    }
}
