package linnet.app.api;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.core.env.Failure;
import linnet.jvm.HostException;

/** A call that is refused: an HTTP status, a code of docs/ERRORS.md, a sentence, and what to do (RFC 9457). */
public final class ApiProblem extends Exception {
    private static final long serialVersionUID = 1;

    /** Media type of a refusal. */
    static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String code;
    private final String hint;
    private final long retrySeconds;

    /** Creates a refusal. */
    public ApiProblem(int status, String code, String detail, String hint) {
        this(status, code, detail, hint, 0);
    }

    private ApiProblem(int status, String code, String detail, String hint, long retrySeconds) {
        super(detail, null, false, false); // refusals are part of normal operation: no stack trace
        this.status = status;
        this.code = code;
        this.hint = hint;
        this.retrySeconds = retrySeconds;
    }

    /** Creates the refusal of a call that came too soon; nothing was done, and after so many seconds it may be made again. */
    static ApiProblem tooSoon(String detail, long seconds) {
        Failure.Code code = Failure.Code.RATE_LIMITED;
        return new ApiProblem(statusOf(code), code.name(), detail, code.hint(), seconds);
    }

    /** Creates the refusal of a call that cannot be read. */
    static ApiProblem malformed(String detail) {
        return new ApiProblem(400, Failure.Code.MALFORMED.name(), detail, "See docs/OPERATIONS.md for the calls.");
    }

    /** Creates the refusal that stands for a failure of the core. */
    static ApiProblem of(Failure why) {
        return new ApiProblem(
                statusOf(why.code()),
                why.code().name(),
                why.detail(),
                why.code().hint());
    }

    /** Creates the refusal that stands for a failure of the host. */
    static ApiProblem of(HostException why) {
        return new ApiProblem(
                statusOf(why.kind()),
                why.kind().name(),
                String.valueOf(why.getMessage()),
                why.kind().hint());
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the code. */
    public String code() {
        return code;
    }

    /** Returns what to do. */
    public String hint() {
        return hint;
    }

    /** Returns after how many seconds the call may be made again; 0 when that is not known. */
    long retrySeconds() {
        return retrySeconds;
    }

    /** Returns the object of RFC 9457. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "about:blank");
        object.put("title", code);
        object.put("status", (long) status);
        object.put("code", code);
        object.put("detail", String.valueOf(getMessage()));
        object.put("hint", hint);
        return object;
    }

    private static int statusOf(Failure.Code code) {
        return switch (code) {
            case MALFORMED, TAMPERED, UNSUPPORTED, VERSION_MISMATCH, WRONG_NETWORK -> 400;
            case NOT_AUTHORISED -> 401;
            case PEER_UNKNOWN, NOT_FOUND -> 404;
            case TIMEOUT -> 504;
            case TOO_LARGE -> 413;
            case RATE_LIMITED, QUEUE_FULL -> 429;
            case STOPPING -> 503;
            case INTERNAL -> 500;
            default -> 409;
        };
    }

    private static int statusOf(HostException.Kind kind) {
        return switch (kind) {
            case EVENTS_GONE -> 410;
            case BUSY, STOPPED -> 503;
            case PASSPHRASE_WRONG, PASSPHRASE_NEEDED -> 403;
            default -> 500;
        };
    }
}
