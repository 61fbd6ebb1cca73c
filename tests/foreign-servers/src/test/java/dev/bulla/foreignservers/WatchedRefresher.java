package dev.bulla.foreignservers;

import dev.bulla.error.BullaException;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;
import java.util.Objects;

/** The standard refresher, with a diary. */
final class WatchedRefresher implements TokenRefresher {
    /** Nobody knows what became of the request. */
    static final String UNKNOWN = "outcome_unknown";

    private final TokenRefresher standard;
    private final Diary diary;

    WatchedRefresher(TokenRefresher standard, Diary diary) {
        this.standard = standard;
        this.diary = diary;
    }

    @Override
    public Style style() {
        return standard.style();
    }

    @Override
    public boolean canRefresh(Tokens tokens) {
        return standard.canRefresh(tokens);
    }

    @Override
    public ReuseRule reuse() {
        return standard.reuse();
    }

    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        String token =
                TokenHash.of(Objects.requireNonNull(old.main().refreshToken()).reveal());
        diary.begin(token);
        String outcome = "failed";
        try {
            Tokens fresh = standard.refresh(old, call);
            outcome = "ok";
            return fresh;
        } catch (ProviderException e) {
            outcome = e.kind() == ProviderException.Kind.OUTCOME_UNKNOWN ? UNKNOWN : e.error();
            throw e;
        } catch (BullaException e) {
            outcome = e.code().name();
            throw e;
        } finally {
            diary.end(token, outcome);
        }
    }
}
