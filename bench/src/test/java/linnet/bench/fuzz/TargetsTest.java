package linnet.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import linnet.core.env.Chance;
import linnet.core.id.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer stands on, without the fuzzer. */
class TargetsTest {
    private static final int INPUTS = 2_000;
    private static final int INPUT_BYTES_MAX = 64;

    static List<String> names() {
        return Targets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void acceptsItsOwnMessages(String name) {
        Target target = Targets.named(name);
        assertThat(target.messages()).allMatch(message -> target.accepts(message, false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesOrRefusesAnythingAndNeverThrows(String name) {
        Target target = Targets.named(name);
        List<Bytes> messages = target.messages();
        Chance chance = new Chance(name.length());
        for (int i = 0; i < INPUTS; i++) {
            byte[] instructions = new byte[chance.below(INPUT_BYTES_MAX)];
            for (int at = 0; at < instructions.length; at++) instructions[at] = (byte) chance.nextLong();
            target.accepts(Mutation.input(instructions, messages), Mutation.isRaw(instructions));
        }
    }
}
