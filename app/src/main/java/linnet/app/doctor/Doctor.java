package linnet.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.config.ConfigFault;
import linnet.app.config.Setting;
import linnet.core.env.Failure;

/** Goes through everything that can be wrong around a node, one check after the other. It changes nothing. */
public final class Doctor {
    /** No clock that is right shows an earlier time than that of this program. */
    private static final Instant WRITTEN = Instant.parse("2026-11-21T00:00:00Z");

    /** Clocks are set back by this much without anybody noticing. */
    private static final long SKEW_SECONDS_MAX = 300;

    private static final int YEARS_MAX = 50;
    private static final int JAVA_MIN = 17;

    private Doctor() {}

    /** Examines a home and its node. */
    public static List<Finding> examine(Path home, Map<String, String> environment) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(clock(Instant.now()));
        findings.addAll(clockBehind(home, Instant.now()));
        findings.add(config(home, environment));
        findings.addAll(new HomeChecks(home, hasPassphrase(home, environment)).all());
        findings.addAll(new NodeChecks(home).all());
        findings.addAll(new PortChecks(home, environment).all());
        return findings;
    }

    private static boolean hasPassphrase(Path home, Map<String, String> environment) {
        if (!environment.getOrDefault("LINNET_PASSPHRASE", "").isEmpty()) return true;
        try {
            return !Config.load(home, environment, Map.of())
                    .text(Setting.PASSPHRASE_FILE)
                    .isEmpty();
        } catch (ConfigFault e) {
            return false; // the check of the configuration says why
        }
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        if (version >= JAVA_MIN) return Finding.well("java", "version " + version);
        return Finding.broken("java", Failure.Code.UNSUPPORTED, "version " + version, "Install JDK 17 or newer.");
    }

    static Finding clock(Instant now) {
        if (now.isAfter(WRITTEN) && now.isBefore(WRITTEN.plusSeconds(YEARS_MAX * 365L * 86_400)))
            return Finding.well("clock", "it shows " + now);
        return Finding.broken(
                "clock",
                Failure.Code.EXPIRED,
                "it shows " + now + ", so invites and messages expire at the wrong time",
                "Set the clock of this machine.");
    }

    private static Finding config(Path home, Map<String, String> environment) {
        try {
            Config.load(home, environment, Map.of());
            return Finding.well("configuration", "it is good");
        } catch (ConfigFault e) {
            return Finding.broken(
                    "configuration", Failure.Code.MALFORMED, String.valueOf(e.getMessage()), "linnet config docs");
        }
    }

    /** A home that was written in the future tells that the clock has gone back since. */
    static List<Finding> clockBehind(Path home, Instant now) {
        try {
            Instant written = Files.getLastModifiedTime(home.resolve("node.db")).toInstant();
            if (!written.isAfter(now.plusSeconds(SKEW_SECONDS_MAX))) return List.of();
            return List.of(Finding.weak(
                    "clock",
                    "it shows " + now + ", and the home was last written at " + written,
                    "The clock has gone back: set it, or messages carry wrong times."));
        } catch (IOException e) {
            return List.of(); // there is no database yet
        }
    }
}
