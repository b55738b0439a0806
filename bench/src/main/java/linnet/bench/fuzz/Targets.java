package linnet.bench.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Every door, by the name that {@code fuzz --target} takes. */
final class Targets {
    private static final Map<String, Supplier<Target>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("frame", FrameTarget::new);
        BY_NAME.put("envelope", EnvelopeTarget::new);
        BY_NAME.put("handshake", HandshakeTarget::new);
        BY_NAME.put("invite", InviteTarget::new);
        BY_NAME.put("record", RecordTarget::new);
        BY_NAME.put("dht-frame", DhtFrameTarget::new);
        BY_NAME.put("dht-record", DhtRecordTarget::new);
        BY_NAME.put("datagram", DatagramTarget::new);
        BY_NAME.put("api", ApiTarget::new);
        BY_NAME.put("api-json", ApiJsonTarget::new);
        BY_NAME.put("backup", BackupTarget::new);
        BY_NAME.put("invite-qr", InviteQrTarget::new);
    }

    private Targets() {}

    /** Returns the names, in the order of the documentation. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** Opens a door. */
    static Target named(String name) {
        Supplier<Target> target = BY_NAME.get(name);
        if (target == null) throw new IllegalArgumentException("no target " + name + "; there are " + names());
        return target.get();
    }
}
