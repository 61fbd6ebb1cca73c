package dev.bulla.integrations.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class BullaServletTest extends ServletContract {
    @Override
    Filter filter() {
        return (request, response, chain) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            http.addCookie(new Cookie("host", "1"));
            http.setHeader("Cache-Control", "public");
            chain.doFilter(request, response);
        };
    }

    @Test
    void cookiesOfTheHostStayBesideOurs() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/away")));
        assertThat(answer.headers().allValues("Set-Cookie")).hasSize(3).anyMatch(cookie -> cookie.startsWith("host=1"));
    }

    @Test
    void parametersOfThePathAreNoPartOfIt() throws Exception {
        send(HttpRequest.newBuilder(at("/a;jsessionid=1/b;c")));
        assertThat(arrived().path()).isEqualTo("/app/bulla/a/b");
    }
}
