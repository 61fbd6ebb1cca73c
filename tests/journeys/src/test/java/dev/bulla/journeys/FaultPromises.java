package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.databases.MisfortunePool;
import dev.bulla.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each verb again and again, with a fault at its first trip to the database, at its second, and so on until none is left; the process
 * lives on, and ends in order. Nothing is sent twice and nothing is lost, whatever was answered.
 */
abstract class FaultPromises {
    /** Whether every fault is tried at every step; else they take turns from step to step. */
    private static final boolean ALL = Boolean.getBoolean("bulla.faults.all");

    private int members;

    abstract DataSource database();

    abstract List<Fault> faults();

    @ParameterizedTest
    @EnumSource
    void verbOutlivesAFaultAtEveryStep(StruckVerb verb) {
        AtomicReference<MisfortunePool> pool = new AtomicReference<>();
        try (Stage stage = Stage.on(database())) {
            stage.world.connection("notes");
            Store store = stage.store(source -> {
                pool.set(new MisfortunePool(source));
                return pool.get().dataSource();
            });
            Map<Fault, Map<String, Integer>> outcomes = new LinkedHashMap<>();
            int steps = 0;
            for (List<Fault> turn : turns()) {
                steps = 0;
                while (true) {
                    Fault fault = turn.get((steps + verb.ordinal()) % turn.size());
                    Trial trial = new Trial(stage, pool.get(), verb, fault, steps + 1, "member-" + ++members);
                    String outcome = trial.run(store);
                    if (!trial.struck()) {
                        break;
                    }
                    outcomes.computeIfAbsent(fault, first -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
                    steps++;
                }
                assertThat(steps).as("steps of " + verb).isGreaterThan(3);
            }
            print(verb, steps, outcomes);
        }
    }

    private List<List<Fault>> turns() {
        return ALL ? faults().stream().map(List::of).toList() : List.of(faults());
    }

    private void print(StruckVerb verb, int steps, Map<Fault, Map<String, Integer>> outcomes) {
        String database = getClass().getSimpleName().replaceAll("FaultsOn|Test", "");
        outcomes.forEach((fault, counts) ->
                System.out.printf("%-10s %-18s %3d steps  %-28s %s%n", database, verb, steps, fault, counts));
    }
}
