package linnet.sim.scenario;

import linnet.core.crypto.Identity;
import linnet.core.env.Channel;
import linnet.core.env.Result;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.node.Node;
import linnet.core.node.NodeConfig;
import linnet.sim.host.Program;
import linnet.sim.host.SimHost;

/** An honest node on a simulated host. */
public final class NodeProgram implements Program {
    /** The network that every simulated node belongs to. */
    public static final String NETWORK = "simulated";

    private final SimHost host;
    private final Node node;

    /** Creates a node over the host's disk. */
    public NodeProgram(SimHost host, Identity identity, String name) {
        this(host, identity, new NodeConfig(name, NETWORK, true));
    }

    /** Creates a node that is told more than a name. */
    NodeProgram(SimHost host, Identity identity, NodeConfig config) {
        this.host = host;
        this.node = new Node(config, identity, host, host.crypto(), host, host, host::emit);
    }

    /** Returns the node. */
    public Node node() {
        return node;
    }

    @Override
    public void start() {
        node.start();
        node.listening(host.endpoints());
    }

    @Override
    public void stop() {
        node.stop();
    }

    @Override
    public Result<Channel.Listener> incoming(String remoteAddress) {
        return node.incoming(remoteAddress);
    }

    @Override
    public void onPacket(Endpoint from, Bytes packet) {
        node.onPacket(from, packet);
    }
}
