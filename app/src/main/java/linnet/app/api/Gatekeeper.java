package linnet.app.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: programs of this machine that can read the token, and browsers that a login link let in. A web page of somebody else can
 * make a browser call 127.0.0.1, also under another name that it points there (DNS rebinding), so Host and Origin are checked first. A
 * browser sends its cookie to every port of this machine, so a call with the cookie that does more than read must come from our own page.
 */
final class Gatekeeper {
    /** Who a caller is. */
    enum Caller {
        /** Shows the token. */
        PROGRAM,
        /** Shows the cookie. */
        PAGE
    }

    private static final String BEARER = "Bearer ";
    private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");

    private final String token;
    private final int port;
    private final String pass;

    Gatekeeper(String token, int port) {
        this.token = token;
        this.port = port;
        this.pass = passOf(token);
    }

    /** Returns the name of the cookie: browsers share cookies between the ports of a machine, and here may be several nodes. */
    String cookieName() {
        return "linnet_" + port;
    }

    /** Returns the value of the cookie. It is made from the token, so it is good until the token changes. */
    String pass() {
        return pass;
    }

    /** Refuses a call that was addressed to another name, or comes from a foreign page. */
    void checkPlace(@Nullable String host, @Nullable String origin) throws ApiProblem {
        if (host == null || NAMES.stream().noneMatch(name -> host.equals(name + ":" + port)))
            throw refused(403, "the call is addressed to another host");
        if (origin != null && !isOwn(origin)) throw refused(403, "the call comes from a foreign page");
    }

    /**
     * Returns who calls, and refuses everybody else.
     *
     * @param onlyReads whether the call changes nothing, and its answer is unreadable for foreign pages
     */
    Caller admit(HttpServerRequest request, boolean onlyReads) throws ApiProblem {
        String authorization = request.getHeader("Authorization");
        if (authorization != null
                && authorization.startsWith(BEARER)
                && same(authorization.substring(BEARER.length()), token)) return Caller.PROGRAM;
        Cookie cookie = authorization == null ? request.getCookie(cookieName()) : null;
        if (cookie == null || !same(cookie.getValue(), pass))
            throw refused(401, Failure.Code.NOT_AUTHORISED.sentence());
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean own = "same-origin".equals(site) || (site == null && origin != null && isOwn(origin));
        boolean typed = "none".equals(site) || site == null;
        if (!own && !(onlyReads && typed)) throw refused(403, "the call does not come from this node's page");
        return Caller.PAGE;
    }

    /** Returns whether two secrets are the same, in a time that tells nothing about them. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOwn(String origin) {
        return NAMES.stream().anyMatch(name -> origin.equals("http://" + name + ":" + port));
    }

    private static String passOf(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(token, "linnet/page/1"));
    }

    /** Returns what is derived from the token for a use. */
    static byte[] hmac(String token, String use) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    static ApiProblem refused(int status, String detail) {
        return new ApiProblem(status, Failure.Code.NOT_AUTHORISED.name(), detail, Failure.Code.NOT_AUTHORISED.hint());
    }
}
