package linnet.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import linnet.core.id.Endpoint;
import linnet.core.node.NodeConfig;
import linnet.jvm.HostException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Linnet} is opened. Name, network and port are those of the last opening of the home when nothing is said; everything else,
 * such as {@link #receipts} and the address of {@link #listen}, is said at each opening or is the default.
 */
public final class LinnetBuilder {
    private static final String NETWORK = "linnet";
    private static final String BIND = "0.0.0.0";

    private final Path folder;
    private @Nullable String name;
    private @Nullable String network;
    private String bind = BIND;
    private int port;
    private List<Endpoint> advertise = List.of();
    private boolean receipts = true;
    private char @Nullable [] passphrase;

    LinnetBuilder(Path folder) {
        this.folder = folder;
    }

    /** Says what this person calls themself, 0 to 64 characters; contacts see it. */
    public LinnetBuilder name(String name) {
        this.name = name;
        return this;
    }

    /** Says the network that the home belongs to for ever, 1 to 64 characters. People of different networks never meet. */
    public LinnetBuilder network(String network) {
        this.network = network;
        return this;
    }

    /**
     * Says where others connect.
     *
     * @param address an address of this machine, {@code 127.0.0.1} for tests on one machine; {@code 0.0.0.0} for all
     * @param port 0 for the port of the last opening, or any free one
     */
    public LinnetBuilder listen(String address, int port) {
        this.bind = address;
        this.port = port;
        return this;
    }

    /** Says what others should dial, best first, at most 8: {@code ws://host:port/}. Otherwise it is found from the interfaces. */
    public LinnetBuilder advertise(String... uris) {
        advertise = List.of(uris).stream().map(Endpoint::new).toList();
        return this;
    }

    /** Says whether contacts are told that this person has seen their messages; yes when nothing is said. */
    public LinnetBuilder receipts(boolean receipts) {
        this.receipts = receipts;
        return this;
    }

    /** Gives the passphrase that protects the keys of the home, or will when it is made now. */
    public LinnetBuilder passphrase(char[] passphrase) {
        this.passphrase = passphrase.clone();
        return this;
    }

    /**
     * Opens the home, makes it when there is none, and starts.
     *
     * @throws HostException when the home or the port cannot be had, with a sentence for people
     */
    public Linnet open() {
        Notes notes = Notes.read(folder);
        String called = name == null ? notes.name() : name;
        String belongs = network == null ? HomeNetwork.read(folder).orElse(NETWORK) : network;
        JvmConfig config = JvmConfig.defaults()
                .withNode(new NodeConfig(called, belongs, receipts))
                .withAdvertise(advertise);
        JvmNode node = start(config, notes.port());
        try {
            new Notes(called, node.port()).write(folder);
            return new NodeLinnet(node, called);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Contacts know the port of the last time, so it is taken again where it can be had. */
    private JvmNode start(JvmConfig config, int lastPort) {
        if (port != 0 || lastPort == 0) return JvmNode.start(home(), config.withBind(bind, port));
        try {
            return JvmNode.start(home(), config.withBind(bind, lastPort));
        } catch (HostException e) {
            if (e.kind() != Kind.PORT_TAKEN) throw e;
            return JvmNode.start(home(), config.withBind(bind, 0));
        }
    }

    private Home home() {
        return Home.exists(folder) ? Home.open(folder, passphrase) : Home.create(folder, passphrase);
    }

    /**
     * What one opening leaves for the next, in the file {@code embedded}: two lines of text.
     *
     * @param name what the person called themself
     * @param port where it listened; 0 before the first opening
     */
    private record Notes(String name, int port) {
        private static final String FILE = "embedded";

        static Notes read(Path folder) {
            try {
                List<String> lines = Files.readAllLines(folder.resolve(FILE));
                if (lines.size() != 2) throw damaged(folder, null);
                return new Notes(lines.get(0), Integer.parseInt(lines.get(1)));
            } catch (NoSuchFileException e) {
                return new Notes("", 0);
            } catch (IOException | NumberFormatException e) {
                throw damaged(folder, e);
            }
        }

        void write(Path folder) {
            Home.writePrivately(folder.resolve(FILE), name.replaceAll("\\R", " ") + "\n" + port + "\n");
        }

        private static HostException damaged(Path folder, @Nullable Exception why) {
            String words = folder.resolve(FILE) + " is not what this program wrote.";
            return why == null
                    ? new HostException(Kind.HOME_DAMAGED, words)
                    : new HostException(Kind.HOME_DAMAGED, words, why);
        }
    }
}
