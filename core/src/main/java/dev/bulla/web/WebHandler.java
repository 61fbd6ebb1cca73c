package dev.bulla.web;

/** What an adapter carries: one request in, one answer out. Implementations are called by many threads. */
@FunctionalInterface
public interface WebHandler {
    /** Never throws for anything that the browser brought. */
    WebResponse handle(WebRequest request);
}
