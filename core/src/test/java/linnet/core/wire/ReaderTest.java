package linnet.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import linnet.core.Vectors;
import linnet.core.crypto.Draws;
import linnet.core.env.Chance;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
    private static Reader at(String hex) {
        Reader reader = new Reader(Vectors.hex(hex));
        reader.field();
        return reader;
    }

    private static void refused(Failure.Code code, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.failure().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 127, 128, 16_383, 16_384, 268_435_455, 268_435_456, 1L << 35, (1L << 53) - 1, Long.MAX_VALUE
            })
    void readsTheNumbersThatWereWritten(long value) {
        Reader reader =
                new Reader(new Writer().uint64(1, value).fixed64(2, ~value).toBytes());
        if (value != 0) {
            assertThat(reader.field()).isEqualTo(1);
            assertThat(reader.uint64(Long.MAX_VALUE)).isEqualTo(value);
        }
        assertThat(reader.field()).isEqualTo(2);
        assertThat(reader.fixed64()).isEqualTo(~value);
        assertThat(reader.field()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0880", "0a05616263", "0a", "09000102", "08"})
    void refusesWhatIsCut(String hex) {
        refused(Failure.Code.MALFORMED, () -> {
            Reader reader = new Reader(Vectors.hex(hex));
            reader.field();
            reader.skip();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"088000", "08ff00", "0880808000", "88000100"})
    void refusesVarintsLongerThanNeeded(String hex) {
        refused(Failure.Code.MALFORMED, () -> at(hex).uint64(Long.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at(hex).uint(Integer.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at(hex).skip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"08ffffffffffffffffff02", "08ffffffffffffffffffff01", "08808080808080808080808001"})
    void refusesVarintsAboveSixtyFourBits(String hex) {
        refused(Failure.Code.MALFORMED, () -> at(hex).uint64(Long.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at(hex).skip());
    }

    @Test
    void skipsTheLargestNumber() {
        Reader reader = at("08ffffffffffffffffff01");
        reader.skip();
        assertThat(reader.field()).isZero();
    }

    @Test
    void refusesNumbersAboveTheirLimit() {
        refused(Failure.Code.MALFORMED, () -> at("0811").uint(16));
        refused(Failure.Code.MALFORMED, () -> at("08ffffffff0f").uint(Integer.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at("08ffffffffffffffffff01").uint64(Long.MAX_VALUE));
        assertThat(at("0810").uint(16)).isEqualTo(16);
    }

    @Test
    void believesNoLengthBeforeItWasCompared() {
        refused(Failure.Code.MALFORMED, () -> at("0affffffff07").bytes(0, Integer.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at("0affffffff0f").bytes(0, Integer.MAX_VALUE));
        refused(Failure.Code.MALFORMED, () -> at("0affffffffffffffff7f").bytes(0, Integer.MAX_VALUE));
        refused(Failure.Code.TOO_LARGE, () -> at("0a03616263").bytes(0, 2));
        refused(Failure.Code.MALFORMED, () -> at("0a03616263").bytes(4, 5));
    }

    @Test
    void refusesAFieldTwiceUnlessItMayRepeat() {
        Bytes twice = Vectors.hex("08010802");
        Reader reader = new Reader(twice);
        reader.field();
        reader.uint(9);
        reader.field();
        refused(Failure.Code.MALFORMED, () -> reader.uint(9));

        Reader repeating = new Reader(twice);
        repeating.field();
        assertThat(repeating.repeated(0, 2).uint(9)).isEqualTo(1);
        repeating.field();
        assertThat(repeating.repeated(1, 2).uint(9)).isEqualTo(2);
        refused(Failure.Code.TOO_LARGE, () -> repeating.repeated(2, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0b", "0c", "0e", "0f"})
    void refusesFieldZeroGroupsAndShapesThatDoNotExist(String hex) {
        refused(Failure.Code.MALFORMED, () -> {
            Reader reader = new Reader(Vectors.hex(hex));
            reader.field();
            reader.skip();
        });
    }

    @Test
    void refusesAnotherShapeThanTheFieldHas() {
        refused(Failure.Code.MALFORMED, () -> at("0801").bytes(0, 9));
        refused(Failure.Code.MALFORMED, () -> at("0a0101").uint(9));
    }

    @Test
    void refusesMessagesWithinMessagesWithoutEnd() {
        Bytes nested = Bytes.EMPTY;
        for (int i = 0; i < Reader.DEPTH_MAX; i++)
            nested = new Writer().item(1, nested).toBytes();
        Reader outer = new Reader(nested);
        refused(Failure.Code.MALFORMED, () -> {
            Reader reader = outer;
            while (reader.field() != 0) reader = reader.message(100);
        });
    }

    @Test
    void anInnerMessageEndsWhereItSays() {
        Reader inner = at("0a0208071002").message(100);
        assertThat(inner.field()).isEqualTo(1);
        assertThat(inner.uint(9)).isEqualTo(7);
        assertThat(inner.field()).isZero();
        Reader cut = at("0a020a021002").message(100);
        cut.field();
        refused(Failure.Code.MALFORMED, () -> cut.bytes(0, 9));
    }

    @Test
    void takesForTextWhatAStrictDecoderTakes() throws CharacterCodingException {
        Chance chance = new Chance(1);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = Draws.bytes(chance, 1 + chance.below(5)).toArray();
            if (chance.happens(0.7)) bytes[0] |= (byte) 0xc0;
            for (int at = 1; at < bytes.length; at++)
                if (chance.happens(0.8)) bytes[at] = (byte) ((bytes[at] & 0x3f) | 0x80);
            boolean strict = isStrict(bytes);
            assertThat(Utf8.isValid(bytes, 0, bytes.length))
                    .as(Bytes.wrap(bytes).hex())
                    .isEqualTo(strict);
            if (strict) valid++;
        }
        assertThat(valid).isBetween(10_000, 190_000);
    }

    private static boolean isStrict(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException refused) {
            return false;
        }
    }

    @Test
    void countsTextAsItIsWritten() {
        for (String text : new String[] {"", "abc", "é中🐦", "\ud800", "x\udc00y", "\ud83d\ud83d\udc26"})
            assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void cutsTextBetweenCharacters() {
        assertThat(Utf8.cut("aé🐦", 2)).isEqualTo("a");
        assertThat(Utf8.cut("aé🐦", 3)).isEqualTo("aé");
        assertThat(Utf8.cut("aé🐦", 6)).isEqualTo("aé");
        assertThat(Utf8.cut("aé🐦", 7)).isEqualTo("aé🐦");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 126, 127, 128, 129, 16_383, 16_384, 20_000})
    void aMessageIsTheSameHoweverItsLengthWasGuessed(int size) {
        Bytes content = Bytes.wrap(new byte[size]);
        Bytes plain = new Writer().item(1, content).toBytes();
        Bytes expected = new Writer().item(3, plain).uint(4, 9).toBytes();
        for (int guess : new int[] {0, 127, 128, 16_383, 16_384, 3_000_000}) {
            Writer writer = new Writer(0);
            int start = writer.open(3, guess);
            assertThat(writer.item(1, content).close(start, guess).uint(4, 9).toBytes())
                    .isEqualTo(expected);
        }
    }
}
