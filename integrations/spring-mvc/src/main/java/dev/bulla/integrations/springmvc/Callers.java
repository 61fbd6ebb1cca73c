package dev.bulla.integrations.springmvc;

import dev.bulla.web.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Who somebody is to Bulla whom Spring Security has let in: the one thing that a host says itself.
 *
 * <pre>{@code
 * @Bean
 * Callers callers() {
 *     return login -> new Caller("acme", login.getName(), "olga".equals(login.getName()));
 * }
 * }</pre>
 *
 * <p>Tenant and member are ids of the host that never change and are never given to somebody else: a number or UUID of its database
 * rather than an address of e-mail. Implementations are called by many threads, several times in a request.
 */
@FunctionalInterface
public interface Callers {
    /**
     * @param login authenticated, and not anonymous
     * @return null: this login has no place in Bulla, such as that of a machine
     */
    @Nullable
    Caller of(Authentication login);
}
