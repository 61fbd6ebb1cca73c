package dev.bulla.testkit.service;

/** A request is answered with an error of the protocol. The text is for people and never holds a value of the request. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    Refusal(int status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static Refusal request(String description) {
        return new Refusal(400, "invalid_request", description);
    }

    static Refusal grant(String description) {
        return new Refusal(400, "invalid_grant", description);
    }

    static Refusal client(String description) {
        return new Refusal(401, "invalid_client", description);
    }

    String error() {
        return error;
    }

    Reply reply() {
        return Reply.json(status, java.util.Map.of("error", error, "error_description", String.valueOf(getMessage())));
    }
}
