package dev.bulla.crashes;

import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;
import java.util.function.Supplier;

/** Puts gates before a refresh is sent and after its answer has been read. */
record GatedRefresher(TokenRefresher inner, Gate gate, Supplier<String> account) implements TokenRefresher {
    @Override
    public Style style() {
        return inner.style();
    }

    @Override
    public boolean canRefresh(Tokens tokens) {
        return inner.canRefresh(tokens);
    }

    @Override
    public ReuseRule reuse() {
        return inner.reuse();
    }

    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        ProviderCall gated = new ProviderCall(
                request -> {
                    gate.at("send.before", account.get());
                    return call.http().send(request);
                },
                call.clock(),
                call.app());
        Tokens answer = inner.refresh(old, gated);
        gate.at("answer.after", account.get());
        return answer;
    }
}
