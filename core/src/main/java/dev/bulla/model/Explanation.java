package dev.bulla.model;

import dev.bulla.error.Obstacle;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why something does not work: everything that stands in the way, the first thing first. Nothing secret is in it.
 *
 * @param obstacles what blocks, or is good to know; empty where all is well
 * @param redirectUri what must be registered at the service, byte for byte; told to owners of a connection that needs it
 * @param accounts what stands in the way of accounts of the connection, with how many of them; told to owners
 */
public record Explanation(List<Obstacle> obstacles, Optional<URI> redirectUri, Map<Obstacle, Integer> accounts) {
    public Explanation {
        obstacles = List.copyOf(obstacles);
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }

    /** Whether nothing blocks. */
    public boolean works() {
        return obstacles.stream().noneMatch(Obstacle::blocks);
    }

    /** What has to be dealt with first, if anything has. */
    public Optional<Obstacle> first() {
        return obstacles.stream().findFirst();
    }
}
