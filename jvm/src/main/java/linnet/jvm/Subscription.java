package linnet.jvm;

/** A listener that can be taken back. */
public interface Subscription extends AutoCloseable {
    /** Stops listening; what is on its way may still come. */
    @Override
    void close();
}
