package linnet.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number of a range, and names the range when it is out of it. */
public class Whole implements ITypeConverter<Integer> {
    private final int min;
    private final int max;

    /** Creates a reader of numbers from {@code min} to {@code max}; a subclass without arguments is what picocli makes. */
    protected Whole(int min, int max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public final Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // The same words as for a number that is out of range.
        }
        throw new TypeConversionException("'" + text + "' is not possible; allowed: " + min + " to " + max);
    }
}
