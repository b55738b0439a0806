package linnet.app.node;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.config.Config;
import linnet.app.config.ConfigFile;
import linnet.app.config.Setting;
import linnet.core.node.NodeConfig;
import linnet.jvm.Backup;
import linnet.jvm.Home;
import linnet.jvm.HomeNetwork;
import org.jspecify.annotations.Nullable;

/** What is done with a home while no node runs in it. */
public final class OfflineHome {
    private OfflineHome() {}

    /** Writes a backup. */
    public static void backup(Path folder, Config config, char[] passphrase, OutputStream out) {
        char @Nullable [] own = Passphrase.from(config);
        String network = HomeNetwork.read(folder).orElse(config.text(Setting.NETWORK));
        NodeConfig node = new NodeConfig(config.text(Setting.NAME), network, config.isOn(Setting.RECEIPTS));
        try (Home home = Home.open(folder, own)) {
            Backup.write(home, node, passphrase, out);
        } finally {
            if (own != null) Arrays.fill(own, ' ');
        }
    }

    /** Makes a new home from a backup; with {@code LINNET_PASSPHRASE} its keys are encrypted. */
    public static Backup.About restore(InputStream in, char[] passphrase, Path folder) {
        String variable = System.getenv(Passphrase.VARIABLE);
        char @Nullable [] own = variable == null || variable.isEmpty() ? null : variable.toCharArray();
        return Backup.restore(in, passphrase, folder, own, OfflineHome::files);
    }

    private static Map<String, String> files(Backup.About about) {
        Map<Setting, String> settings = new LinkedHashMap<>();
        settings.put(Setting.NAME, about.node().name());
        settings.put(Setting.NETWORK, about.node().network());
        settings.put(Setting.RECEIPTS, about.node().receipts() ? "on" : "off");
        Map<String, String> files = new LinkedHashMap<>();
        files.put(Config.FILE, ConfigFile.text(settings));
        return files;
    }
}
