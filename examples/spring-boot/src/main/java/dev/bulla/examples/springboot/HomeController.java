package dev.bulla.examples.springboot;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.integrations.springmvc.BullaClientInterceptor;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** A page that leads to those of Bulla, and one that calls the service as whoever is logged in. */
@RestController
class HomeController {
    private final Bulla bulla;

    HomeController(Bulla bulla) {
        this.bulla = bulla;
    }

    @GetMapping(path = "/", produces = "text/html")
    String home() {
        return """
                <!doctype html><html lang="en"><title>Notes</title>
                <ul><li><a href="/bulla/">Connect services</a></li>
                <li><a href="/me">Who am I at Demo Notes?</a></li>
                <li><a href="/logout">Log out</a></li></ul></html>
                """;
    }

    @GetMapping(path = "/me", produces = "application/json")
    String me(Principal login) {
        try (Session session =
                bulla.tenant(NotesApplication.TENANT).member(login.getName()).session()) {
            RestClient notes = RestClient.builder()
                    .requestInterceptor(BullaClientInterceptor.of(session, DemoService.CONNECTION))
                    .build();
            return String.valueOf(notes.get().uri("/userinfo").retrieve().body(String.class));
        }
    }

    @ExceptionHandler
    ResponseEntity<String> notNow(CredentialUnavailable failure) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(failure.code() + ": " + failure.getMessage());
    }
}
