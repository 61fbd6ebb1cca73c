package dev.bulla.foreignservers;

/** Told of each refresh by the node that makes it, as it begins and ends, so that it can be laid beside what the server saw. */
interface Diary {
    /** @param token hash of the refresh token that is about to be sent */
    void begin(String token);

    /** @param outcome {@code ok}, or what went wrong */
    void end(String token, String outcome);
}
