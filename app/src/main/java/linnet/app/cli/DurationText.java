package linnet.app.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}. */
final class DurationText implements ITypeConverter<Duration> {
    /** Longest duration that is taken: an invite lives for at most as long. */
    private static final Duration MAX = Duration.ofDays(30);

    @Override
    public Duration convert(String text) {
        String allowed = "'" + text + "' is no duration; allowed: 0s to 30d, such as 30s, 5m, 24h, 7d";
        if (text.length() < 2 || text.length() > 10) throw new TypeConversionException(allowed);
        String digits = text.substring(0, text.length() - 1);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) throw new TypeConversionException(allowed);
        long number = Long.parseLong(digits);
        Duration unit = switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> throw new TypeConversionException(allowed);
        };
        Duration duration = unit.multipliedBy(number);
        if (duration.compareTo(MAX) > 0) throw new TypeConversionException(allowed);
        return duration;
    }

    /** Returns a span of time in words: {@code 340 ms}, {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}. */
    static String words(long millis) {
        if (millis < 1_000) return Math.max(0, millis) + " ms";
        long seconds = millis / 1_000;
        if (seconds < 120) return seconds + " s";
        if (seconds < 2 * 3_600) return seconds / 60 + " min";
        if (seconds < 48 * 3_600) return seconds / 3_600 + " h";
        return seconds / 86_400 + " d";
    }
}
