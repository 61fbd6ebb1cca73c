package dev.bulla.examples.hosttests;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;

/** A piece of a host application: an agent that reads a member's repositories. */
public final class RepositoryLister {
    private final Bulla bulla;

    public RepositoryLister(Bulla bulla) {
        this.bulla = bulla;
    }

    /** What the agent says to the member. */
    public String list(String tenant, String member) {
        try (Session session = bulla.tenant(tenant).member(member).session()) {
            ApiResponse answer = session.call("github", ApiRequest.get("/user/repos"));
            return answer.status() == 200 ? answer.text() : "GitHub answered " + answer.status();
        } catch (BullaException e) {
            return switch (e.actor()) {
                case MEMBER -> "Please connect GitHub (" + e.code() + ").";
                case OWNER -> "Please ask the owner to look at the GitHub connection (" + e.code() + ").";
                case PROVIDER -> "GitHub is not answering. I will try again.";
                case HOST -> "Something is wrong on our side (" + e.code() + ").";
            };
        }
    }
}
