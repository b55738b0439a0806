package linnet.bench.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import linnet.bench.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutants must follow the source that they change. */
class MutantTest {
    static List<Mutant> mutants() {
        return Mutant.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void changesOnePlaceAndCompiles(Mutant mutant) {
        assertThatCode(() -> MutantLoader.of(mutant, Checkout.root())).doesNotThrowAnyException();
    }

    @Test
    void livesInAWorldOfItsOwn() throws ClassNotFoundException {
        MutantLoader world = MutantLoader.of(Mutant.all().get(0), Checkout.root());
        Class<?> there = world.loadClass(MutantRun.class.getName());
        assertThat(there).isNotSameAs(MutantRun.class);
        assertThat(there.getClassLoader()).isSameAs(world);
    }
}
