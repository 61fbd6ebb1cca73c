package dev.bulla.foreignservers;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.foreignservers.Evidence.Finding;
import dev.bulla.foreignservers.Evidence.Interruption;
import dev.bulla.foreignservers.Redemptions.Redemption;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes make 200 calls a second in all, over 50 accounts whose access tokens live for 5 seconds; in the end every account is
 * looked at, and used once more.
 */
final class Trial {
    static final int NODES = 3;
    static final int CALLS_A_SECOND = 200;

    private static final Duration CHAOS_DELAY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final World world;
    private final String prefix;
    private final Duration time;
    private final @Nullable Long seed;
    private final Tally tally = new Tally();

    /**
     * @param prefix of this trial's members
     * @param seed of the chaos; null for none
     */
    Trial(World world, String prefix, Duration time, @Nullable Long seed) {
        this.world = world;
        this.prefix = prefix;
        this.time = time;
        this.seed = seed;
    }

    Result run() throws IOException, InterruptedException {
        List<Account> accounts = world.connect(prefix);
        List<NodeProcess> nodes = new ArrayList<>();
        long before = world.gate().calls().with(401);
        try {
            for (int number = 1; number <= NODES; number++) {
                nodes.add(new NodeProcess(
                        number,
                        world.site(),
                        accounts,
                        1_000_000_000L * NODES / CALLS_A_SECOND,
                        tally,
                        world.evidence()));
            }
            nodes.forEach(NodeProcess::go);
            if (seed == null) {
                Thread.sleep(time.toMillis());
            } else {
                world.gate().delay(CHAOS_DELAY);
                new Chaos(nodes, seed).rage(time);
            }
            for (NodeProcess node : nodes) {
                node.stop();
            }
        } finally {
            nodes.forEach(NodeProcess::destroy);
            world.gate().delay(Duration.ZERO);
        }
        long refused = world.gate().calls().with(401) - before;
        List<Result.Lost> lost = lost(accounts);
        return new Result(
                world, time, seed, tally, refused, world.gate().redemptions().of(prefix), duplicates(), lost);
    }

    private List<Result.Duplicate> duplicates() {
        List<Result.Duplicate> all = new ArrayList<>();
        for (Map.Entry<String, List<Redemption>> token :
                world.gate().redemptions().repeated(prefix).entrySet()) {
            String member = world.gate().redemptions().member(token.getKey());
            List<Redemption> redeemed = token.getValue();
            for (int i = 1; i < redeemed.size(); i++) {
                all.add(new Result.Duplicate(member, world.evidence().explain(redeemed.get(i - 1), redeemed.get(i))));
            }
        }
        return all;
    }

    private List<Result.Lost> lost(List<Account> accounts) throws InterruptedException {
        List<Account> broken = new ArrayList<>();
        for (Account account : accounts) {
            if (!works(account)) {
                broken.add(account);
            }
        }
        Map<String, List<Result.Duplicate>> duplicates =
                duplicates().stream().collect(Collectors.groupingBy(Result.Duplicate::member));
        return broken.stream()
                .map(account -> explained(account, duplicates.getOrDefault(account.member(), List.of())))
                .toList();
    }

    /** A claim that a dead node left is waited for, and so is the end of a back-off. */
    private boolean works(Account account) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Session session = account.session(world.host().bulla())) {
            while (true) {
                try {
                    int status = session.call(
                                    Site.CONNECTION, ApiRequest.get(world.site().me()))
                            .status();
                    return status == 200 && now(account).status() == AccountStatus.ACTIVE;
                } catch (BullaException e) {
                    if (!e.isRetryable() || System.nanoTime() > end) {
                        return false;
                    }
                    Thread.sleep(500);
                }
            }
        }
    }

    private ConnectedAccount now(Account account) {
        return world.host().bulla().tenant(Site.TENANT).member(account.member()).account(Site.CONNECTION);
    }

    /** By a token that was redeemed twice with good reason: the server ends such a grant. Or by requests that nobody saw the end of. */
    private Result.Lost explained(Account account, List<Result.Duplicate> duplicates) {
        ConnectedAccount now = now(account);
        String state =
                now.status() + now.reason().map(reason -> " " + reason.code()).orElse("");
        if (!duplicates.isEmpty()) {
            boolean known = duplicates.stream()
                    .allMatch(duplicate -> duplicate.finding().explained());
            return new Result.Lost(
                    account.member(), state, new Finding(known, "its token was redeemed twice, see above"));
        }
        List<Interruption> hits = world.evidence()
                .hits(token -> world.gate().redemptions().member(token).equals(account.member()));
        return new Result.Lost(account.member(), state, new Finding(!hits.isEmpty(), "never redeemed twice; " + hits));
    }
}
