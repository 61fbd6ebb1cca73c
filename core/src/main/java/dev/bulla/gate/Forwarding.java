package dev.bulla.gate;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallFailed;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.notice.Meter;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Credential;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.refresh.Standing;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolRequest;
import dev.bulla.use.AccountUse;
import dev.bulla.use.Opened;
import dev.bulla.use.StepUp;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * Behind the gate: opens the account's credential and sends a request with it, exactly as it was matched. A 401 leads to one refresh and
 * one repetition, unless the rules have changed meanwhile; nothing else is ever repeated. Thread-safe.
 */
public final class Forwarding {
    private final Gate gate;
    private final Registrations registrations;
    private final StepUp stepUp;
    private final ProviderHttp http;
    private final Meter meter;
    private final Clock clock;

    public Forwarding(
            Gate gate, Registrations registrations, StepUp stepUp, ProviderHttp http, Meter meter, Clock clock) {
        this.gate = gate;
        this.registrations = registrations;
        this.stepUp = stepUp;
        this.http = http;
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * What the service said, and to which credential.
     *
     * @param opened the one that was used last
     */
    public record Answered(Opened opened, HttpAnswer answer) {}

    /**
     * Sends, under a passage that was let through.
     *
     * @throws CredentialUnavailable where there is no usable credential; it says who must act
     * @throws BullaException {@code HOST_NOT_ALLOWED}, or what {@link CallFailed} says
     */
    public Answered send(Passage passage, AccountUse use, Sendable sendable) {
        Opened opened = use.open(passage.seen());
        HttpAnswer answer = exchange(passage, opened, sendable);
        if (answer.status() != 401) {
            return new Answered(opened, answer);
        }
        Optional<Opened> newer =
                use.refused(opened, tokens(opened, sendable.request()).accessToken());
        return newer.isEmpty() || !use.isAsSeen(passage.seen()) // what was decided may hold no more
                ? new Answered(opened, answer)
                : new Answered(newer.get(), exchange(passage, newer.get(), sendable));
    }

    /**
     * Asks what is not the member's call but the library's own question about what that call touches; nothing is repeated. Members do not
     * answer for each other: where an account's calls go to an address that the member gave, it is not asked.
     *
     * @throws BullaException where it can not be asked now
     */
    Optional<HttpAnswer> ask(Passage passage, Sendable sendable) {
        gate.refusePause(passage);
        Opened opened = passage.use().open(passage.seen());
        Provider provider = registrations.provider(opened.connection());
        if (!isCommon(opened)) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            HttpAnswer answer = http.send(call(provider, opened, sendable));
            if (meter.isOn()) {
                meter.apiCall(provider.id(), answer.status(), start);
            }
            gate.heardAside(passage, answer);
            return Optional.of(answer);
        } catch (ProviderException e) { // not reached
            return Optional.empty();
        }
    }

    /** Whether calls of this account go where those of every other account of the connection may go too. */
    public boolean isCommon(Opened opened) {
        Provider provider = registrations.provider(opened.connection());
        UrlTemplate base = provider.api().base();
        if (!provider.api().hosts().isEmpty() || Collections.disjoint(provider.accountParts(), base.parts())) {
            return true;
        }
        try {
            return base.expand(registrations.instance(opened.connection(), opened.payload()))
                    .equals(base.expand(Map.of()));
        } catch (IllegalArgumentException e) { // there is no usual address
            return false;
        }
    }

    private HttpAnswer exchange(Passage passage, Opened opened, Sendable sendable) {
        Provider provider = registrations.provider(opened.connection());
        HttpCall call = call(provider, opened, sendable);
        long start = System.nanoTime();
        try {
            HttpAnswer answer = http.send(call);
            if (meter.isOn()) {
                meter.apiCall(provider.id(), answer.status(), start);
            }
            gate.heard(passage, sendable, answer);
            stepUp.look(opened, answer);
            return answer;
        } catch (ProviderException e) {
            throw failed(passage, provider, sendable, e);
        }
    }

    private HttpCall call(Provider provider, Opened opened, Sendable sendable) {
        ApiAccess api = provider.api();
        ToolRequest request = sendable.request();
        Map<String, String> instance = registrations.instance(opened.connection(), opened.payload());
        URI target = Canonical.address(sendable.target(), base(provider, opened, instance));
        if (!api.allows(target, instance)) {
            throw Sendable.elsewhere();
        }
        HttpCall call = HttpCall.of(HttpCall.Purpose.API, request.method(), target, request.body());
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        return prepared(api, call, opened, request);
    }

    private static URI base(Provider provider, Opened opened, Map<String, String> instance) {
        try {
            return provider.api().base().expand(instance);
        } catch (IllegalArgumentException e) { // a part is not there; whose it is says who must act
            if (instance.keySet().containsAll(provider.instanceParts())) {
                throw provider.selection().isPresent() ? Standing.choiceMissing() : Standing.reconnect("");
            }
            throw new CredentialUnavailable(
                    ErrorCode.NOT_CONFIGURED, "", "the connection lacks a part of the service's address");
        }
    }

    private HttpCall prepared(ApiAccess api, HttpCall call, Opened opened, ToolRequest request) {
        try {
            return api.prepare(
                    call, new Credential(tokens(opened, request).accessToken(), opened.values(), clock.instant()));
        } catch (BullaException e) {
            throw e;
        } catch (RuntimeException e) { // of a provider's own code; its text may hold values
            throw new BullaException(ErrorCode.SETUP, "the provider failed to attach the credential");
        }
    }

    private static TokenSet tokens(Opened opened, ToolRequest request) {
        String name = request.tokens().isEmpty() ? Tokens.MAIN : request.tokens();
        TokenSet tokens = opened.payload().tokens().sets().get(name);
        if (tokens == null && name.equals(Tokens.MAIN)) {
            tokens = opened.payload().tokens().main();
        }
        if (tokens == null) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the account has no token set of this name");
        }
        return tokens;
    }

    private static CallFailed failed(Passage passage, Provider provider, Sendable sendable, ProviderException e) {
        String who = "'" + passage.connection() + "' (" + provider.displayName() + "): ";
        if (e.kind() != ProviderException.Kind.OUTCOME_UNKNOWN) {
            return new CallFailed(
                    ErrorCode.PROVIDER_UNAVAILABLE,
                    passage.connection(),
                    passage.entry(),
                    who + "the service was not reached");
        }
        if (Tier.of(sendable.request().method()) != Tier.READ) {
            return new CallFailed(
                    ErrorCode.OUTCOME_UNKNOWN,
                    passage.connection(),
                    passage.entry(),
                    who + "no complete answer came, and what was sent may count; it is not repeated");
        }
        return switch (e.error()) {
            case "timeout" ->
                new CallFailed(
                        ErrorCode.UPSTREAM_TIMEOUT,
                        passage.connection(),
                        passage.entry(),
                        who + "the service took too long to answer");
            case "answer_too_large", "answer_refused" ->
                new CallFailed(
                        ErrorCode.ANSWER_REFUSED,
                        passage.connection(),
                        passage.entry(),
                        who + "the answer is not one to take");
            default ->
                new CallFailed(
                        ErrorCode.PROVIDER_UNAVAILABLE,
                        passage.connection(),
                        passage.entry(),
                        who + "the service broke off its answer");
        };
    }
}
