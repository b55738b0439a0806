package linnet.app.api;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * Codes that let one browser in, once. Who can run a command as the owner of the home asks for one; the browser shows it and gets the
 * page's cookie. A code that leaks afterwards, by a browser's history say, is worth nothing. Used on the API's event loop only.
 */
final class LoginCodes {
    /** How long a code is good: to click a link, or to type it into another browser. */
    static final long LIFE_MILLIS = 5 * 60_000;

    /** Codes that wait at the same time; one more drops the oldest. */
    static final int WAITING_MAX = 16;

    /** As many bits as the keys have. */
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Deque<Code> waiting = new ArrayDeque<>();

    /**
     * One code.
     *
     * @param text what the browser shows
     * @param expiresMillis when it is worth nothing any more
     */
    record Code(String text, long expiresMillis) {}

    /** Makes a code. */
    Code make(long nowMillis) {
        waiting.removeIf(code -> code.expiresMillis() <= nowMillis);
        if (waiting.size() == WAITING_MAX) waiting.removeFirst();
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Code code = new Code(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), nowMillis + LIFE_MILLIS);
        waiting.addLast(code);
        return code;
    }

    /** Takes a code; returns whether it was good, and it is not any more. */
    boolean take(String text, long nowMillis) {
        return waiting.removeIf(code -> Gatekeeper.same(code.text(), text) && code.expiresMillis() > nowMillis);
    }
}
