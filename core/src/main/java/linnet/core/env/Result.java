package linnet.core.env;

/**
 * What came of something that was asked for: a value, or the typed reason why not.
 *
 * @param <T> the value
 */
public sealed interface Result<T> {
    /**
     * It worked.
     *
     * @param value what was asked for
     */
    record Ok<T>(T value) implements Result<T> {}

    /**
     * It did not.
     *
     * @param why the reason
     */
    record No<T>(Failure why) implements Result<T> {}
}
