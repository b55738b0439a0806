package linnet.app.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, out of the program's own archive. They are few and small, so each is read and compressed once and then kept;
 * Vert.x would unpack them into a folder that a killed process leaves behind. Used on the API's event loop only.
 */
final class PageFiles {
    /** Where the page lies in the archive. */
    static final String PAGE = "/linnet/page/";

    /** Longest path: a folder, a name, and the hash of the content. */
    private static final int PATH_CHARS_MAX = 128;

    /** Names under this folder change with their content, so a copy is good for ever. */
    private static final String HASHED = "assets/";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json",
            "yaml", "application/yaml; charset=utf-8",
            "webmanifest", "application/manifest+json",
            "woff2", "font/woff2");

    private final String base;
    private final Map<String, File> files = new LinkedHashMap<>();

    private record File(Buffer plain, Buffer packed, String tag, String type, boolean hashed) {}

    PageFiles(String base) {
        this.base = base;
    }

    /**
     * Answers with a file.
     *
     * @param path without the leading slash; empty is the page itself
     * @return whether there is one
     */
    boolean answer(String path, HttpServerRequest request) {
        File file = file(path.isEmpty() ? "index.html" : path);
        if (file == null) return false;
        HttpServerResponse response = request.response();
        response.putHeader("ETag", file.tag())
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Cache-Control", file.hashed() ? "public, max-age=31536000, immutable" : "no-cache");
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return true;
        }
        response.putHeader("Content-Type", file.type());
        String accepted = request.getHeader("Accept-Encoding");
        boolean packed = accepted != null
                && accepted.contains("gzip")
                && file.packed().length() < file.plain().length();
        if (packed) response.putHeader("Content-Encoding", "gzip");
        Buffer bytes = packed ? file.packed() : file.plain();
        if (request.method().name().equals("HEAD"))
            response.putHeader("Content-Length", Integer.toString(bytes.length()))
                    .end();
        else response.end(bytes);
        return true;
    }

    private @Nullable File file(String path) {
        File known = files.get(path);
        if (known != null) return known;
        if (!isPlain(path)) return null;
        try (@Nullable InputStream in = PageFiles.class.getResourceAsStream(base + path)) {
            if (in == null) return null;
            byte[] bytes = in.readAllBytes();
            File file = new File(
                    Buffer.buffer(bytes),
                    Buffer.buffer(packed(bytes)),
                    tagOf(bytes),
                    typeOf(path),
                    path.startsWith(HASHED));
            files.put(path, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of files as the build makes them, and nothing that could lead out of the folder. */
    private static boolean isPlain(String path) {
        if (path.length() > PATH_CHARS_MAX || path.indexOf('.') < 0) return false;
        for (String part : path.split("/", -1)) if (part.isEmpty() || part.startsWith(".")) return false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '.' && c != '-' && c != '_' && c != '/') return false;
        }
        return true;
    }

    private static String typeOf(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String tagOf(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
