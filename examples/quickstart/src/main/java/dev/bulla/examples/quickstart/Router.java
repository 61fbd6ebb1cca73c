package dev.bulla.examples.quickstart;

import dev.bulla.Bulla;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.web.Problem;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.HashMap;
import java.util.Map;

/** Finds the page for a request, after asking who is there and, for every POST, whether one of our forms sent it. */
final class Router {
    /** Who may see a page. */
    enum For {
        ANYBODY,
        OWNER,
        MEMBER
    }

    /** Answers a request. */
    interface Page {
        WebResponse answer(Visit visit);
    }

    private record Route(For whom, Page page) {}

    private final Bulla bulla;
    private final Visitors visitors;
    private final Map<String, Route> routes = new HashMap<>();

    Router(Bulla bulla, Visitors visitors) {
        this.bulla = bulla;
        this.visitors = visitors;
    }

    void get(String path, For whom, Page page) {
        routes.put("GET " + path, new Route(whom, page));
    }

    void post(String path, For whom, Page page) {
        routes.put("POST " + path, new Route(whom, page));
    }

    WebResponse answer(WebRequest request) {
        Visitor known = visitors.of(request).orElse(null);
        if (known != null) {
            return answer(request, known);
        }
        Visitor newcomer = new Visitor(null);
        return visitors.enter(newcomer, answer(request, newcomer));
    }

    private WebResponse answer(WebRequest request, Visitor visitor) {
        Route route = routes.get(request.method() + " " + request.path());
        if (route == null) {
            return Layout.problem(
                    visitor,
                    new Problem(
                            404,
                            "NOT_FOUND",
                            "There is no such page.",
                            Obstacle.of("NOT_FOUND", "There is no such page.", Actor.MEMBER, Place.HOST),
                            false));
        }
        Visit visit = new Visit(request, visitor, bulla);
        if (!mayEnter(route.whom(), visitor)) {
            return visit.go("/");
        }
        if (request.method().equals("POST") && !visitors.isTrusted(request)) {
            return Layout.problem(
                    visitor,
                    new Problem(
                            403,
                            "FORM_NOT_TRUSTED",
                            "This form is out of date: go back and reload.",
                            Obstacle.of(
                                    "FORM_NOT_TRUSTED",
                                    "This form is out of date: go back and reload.",
                                    Actor.MEMBER,
                                    Place.HOST),
                            true));
        }
        try {
            return route.page().answer(visit);
        } catch (BullaException e) {
            return Layout.problem(visitor, Problem.of(e));
        }
    }

    private static boolean mayEnter(For whom, Visitor visitor) {
        return switch (whom) {
            case ANYBODY -> true;
            case OWNER -> visitor.person().filter(Person::isOwner).isPresent();
            case MEMBER -> visitor.person().filter(person -> !person.isOwner()).isPresent();
        };
    }
}
