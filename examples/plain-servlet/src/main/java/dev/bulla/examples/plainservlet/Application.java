package dev.bulla.examples.plainservlet;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The rest of the application: a login, a page, and a call as the member. */
final class Application extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String LOGIN = """
            <!doctype html><title>Plain Servlet</title>
            <form method="post"><label>Your name <input name="name" required pattern="[a-z]+"></label>
            <button>Log in</button></form>
            """;

    private static final String HOME = """
            <!doctype html><title>Plain Servlet</title>
            <p><a href="/bulla/">Your services</a></p>
            <p><a href="/me">Who am I at Demo Notes?</a></p>
            """;

    private final transient Bulla bulla;

    Application(Bulla bulla) {
        this.bulla = bulla;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String member = SessionLogin.member().orElse("");
        if (member.isEmpty()) {
            html(response, LOGIN);
        } else if (request.getRequestURI().equals("/me")) {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write(whoAmI(member));
        } else {
            html(response, HOME);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = String.valueOf(request.getParameter("name"));
        if (name.matches("[a-z]{1,20}")) {
            SessionLogin.logIn(request, name);
        }
        response.sendRedirect("/");
    }

    private static void html(HttpServletResponse response, String page) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().write(page);
    }

    private String whoAmI(String member) {
        try (Session session = bulla.tenant(SessionLogin.TENANT).member(member).session()) {
            return session.call("notes", ApiRequest.get("/userinfo")).text();
        } catch (BullaException e) {
            return e.code() + ": " + e.getMessage();
        }
    }
}
