package dev.bulla.web;

import java.util.List;

/**
 * One address of the JSON API, as data. Whoever is logged in may use the addresses of a member; those of an owner are for callers who may
 * configure connections. What changes something needs the host's trust as well.
 *
 * @param method upper-case method
 * @param path below the address of the API, without a slash at its start; variable parts stand in braces
 * @param owner whether only owners may use it
 */
public record Route(String method, String path, boolean owner) {
    /** Whether it changes nothing. */
    public boolean safe() {
        return method.equals("GET");
    }

    List<String> segments() {
        return List.of(path.split("/"));
    }
}
