package linnet.core.env;

/** Structured events for operators. Never message text, keys or secrets. */
public interface Log {
    /**
     * Notes an event.
     *
     * @param name dotted, stable for ever, such as {@code link.closed}
     * @param keysAndValues alternating, such as {@code "peer", id, "code", code}
     */
    void event(String name, Object... keysAndValues);
}
