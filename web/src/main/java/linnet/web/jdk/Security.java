package linnet.web.jdk;

import org.jspecify.annotations.Nullable;

/** Stands for {@code java.security.Security}, the only JDK class that BouncyCastle needs here and TeaVM lacks. */
public final class Security {
    private Security() {}

    /** Returns null: no security property is set in a browser. */
    public static @Nullable String getProperty(String key) {
        return null;
    }
}
