package dev.bulla.integrations.springmvc;

import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestResolver;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * A host whose people log in with Spring Security. Forms and requests carry Spring Security's own CSRF token, in the field or header that
 * it names, masked or plain. It is checked here once more, so a filter chain that leaves CSRF out for these addresses opens nothing: what
 * changes something is then refused.
 *
 * <p>It asks what Spring binds to the thread of a request, so it works where {@link BullaMapping} carries, and behind a
 * {@code RequestContextFilter}. Immutable and thread-safe.
 */
public final class SpringSecurityHost implements WebHost {
    private static final CsrfTokenRequestResolver PLAIN = new CsrfTokenRequestAttributeHandler();
    private static final CsrfTokenRequestResolver MASKED = new XorCsrfTokenRequestAttributeHandler();

    private final Callers callers;

    private SpringSecurityHost(Callers callers) {
        this.callers = callers;
    }

    public static SpringSecurityHost of(Callers callers) {
        return new SpringSecurityHost(callers);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login == null || !login.isAuthenticated() || login instanceof AnonymousAuthenticationToken
                ? Optional.empty()
                : Optional.ofNullable(callers.of(login));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        HttpServletRequest present = present();
        if (!(present.getAttribute(DeferredCsrfToken.class.getName()) instanceof DeferredCsrfToken kept)) {
            return false;
        }
        CsrfToken token = kept.get();
        HttpServletRequest sent = new WithForm(present, request);
        return !kept.isGenerated()
                && (matches(token, PLAIN.resolveCsrfTokenValue(sent, token))
                        || matches(token, MASKED.resolveCsrfTokenValue(sent, token)));
    }

    /** The body has been read by now; and a token in a URL is none. */
    private static final class WithForm extends HttpServletRequestWrapper {
        private final WebRequest read;

        WithForm(HttpServletRequest request, WebRequest read) {
            super(request);
            this.read = read;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return read.field(name).orElse(null);
        }
    }

    private static boolean matches(CsrfToken token, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        token.getToken().getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return present().getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? Optional.of(new FormToken(token.getParameterName(), token.getToken()))
                : Optional.empty();
    }

    /** Not somebody whom only a cookie remembers. */
    @Override
    public boolean isProven(WebRequest request, Caller caller) {
        return !(SecurityContextHolder.getContext().getAuthentication() instanceof RememberMeAuthenticationToken);
    }

    private static HttpServletRequest present() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
