package linnet.app.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: only programs of this machine that can read the token. A web page of somebody else can make a browser call
 * 127.0.0.1, also under another name that it points there (DNS rebinding), so Host and Origin are checked first.
 */
final class Gatekeeper {
    private static final String BEARER = "Bearer ";
    private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");

    private final byte[] token;
    private final int port;

    Gatekeeper(String token, int port) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.port = port;
    }

    /** Refuses a call that was addressed to another name, or comes from a foreign page. */
    void checkPlace(@Nullable String host, @Nullable String origin) throws ApiProblem {
        if (host == null || NAMES.stream().noneMatch(name -> host.equals(name + ":" + port)))
            throw refused(403, "the call is addressed to another host");
        if (origin != null && NAMES.stream().noneMatch(name -> origin.equals("http://" + name + ":" + port)))
            throw refused(403, "the call comes from a foreign page");
    }

    /** Refuses a call without the token. */
    void checkToken(@Nullable String authorization) throws ApiProblem {
        boolean fits = authorization != null
                && authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
        if (!fits) throw refused(401, Failure.Code.NOT_AUTHORISED.sentence());
    }

    private static ApiProblem refused(int status, String detail) {
        return new ApiProblem(status, Failure.Code.NOT_AUTHORISED.name(), detail, Failure.Code.NOT_AUTHORISED.hint());
    }
}
