package dev.bulla.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wall stands, and every wall has been run against somebody who climbs over it. */
class WallsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/examples/"))
            .importPackages("dev.bulla");

    static Stream<Arguments> walls() {
        return Stream.of(
                Arguments.of("talkers", Walls.TALKERS_KNOW_NO_SEAL_AND_NO_STORE, "fixture.oauth2"),
                Arguments.of("providers", Walls.TALKERS_KNOW_NO_SEAL_AND_NO_STORE, "fixture.providers"),
                Arguments.of("vault", Walls.ONLY_THE_VAULT_KNOWS_SEAL_AND_STORE, "fixture.sealing"),
                Arguments.of("ground", Walls.STORES_KNOW_THE_SPI_ALONE, "fixture.store"),
                Arguments.of("front door", Walls.NOBODY_INSIDE_KNOWS_THE_FRONT_DOOR, "fixture.keeper"),
                Arguments.of("exported", Walls.NO_LIBRARY_TYPE_IN_AN_EXPORTED_SIGNATURE, "fixture.exported"),
                Arguments.of("finders", Walls.EVERY_FINDER_HAS_A_TENANT, "fixture.store"),
                Arguments.of("hpke", Walls.NO_SHARED_HPKE, "fixture.sealing"),
                Arguments.of("habits", Walls.NO_MONITORS_NO_THREAD_LOCALS_NO_PRINTING, "fixture.keeper"),
                Arguments.of("serial", Walls.SECRETS_ARE_NOT_SERIALISABLE, "fixture.keeper"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void wallStands(String name, ArchRule wall, String fixture) {
        wall.check(HOUSE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void climberIsSeen(String name, ArchRule wall, String fixture) {
        JavaClasses climbers = new ClassFileImporter().importPackages(fixture);

        assertThat(climbers).isNotEmpty();
        assertThatThrownBy(() -> wall.check(climbers)).isInstanceOf(AssertionError.class);
    }

    @Test
    void packagesHaveNoCycle() {
        Walls.NO_CYCLES_BETWEEN_PACKAGES.check(HOUSE);
    }

    @Test
    void cycleIsSeen() {
        JavaClasses circle = new ClassFileImporter().importPackages("fixture.cycle");

        assertThatThrownBy(() -> Walls.NO_CYCLES_BETWEEN_FIXTURES.check(circle)).isInstanceOf(AssertionError.class);
    }
}
