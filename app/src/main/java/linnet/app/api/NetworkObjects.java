package linnet.app.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linnet.app.doctor.Finding;
import linnet.core.dht.RoutingTable;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.link.LinkView;
import linnet.core.wire.PeerRecord;
import linnet.core.wire.Whereabouts;
import linnet.jvm.Surroundings;
import org.jspecify.annotations.Nullable;

/** What the local API tells about the network, as objects that become JSON; see {@link ApiObjects}. */
final class NetworkObjects {
    private NetworkObjects() {}

    /** Returns the object of a peer with a link. */
    static Map<String, @Nullable Object> peer(Surroundings around, Surroundings.Linked linked, long wallMillis) {
        LinkView link = linked.link();
        Map<String, @Nullable Object> object = who(around, linked.peer());
        object.put("direction", link.dialledHere() ? "out" : "in");
        object.put("address", link.remote());
        object.put("carrier", carrier(link.remote()));
        object.put("sinceMillis", wallMillis - linked.ageMillis());
        object.put("starts", link.incarnation());
        object.put("rttMillis", (long) link.rttMillis());
        object.put("sentBytes", link.sentBytes());
        object.put("receivedBytes", link.receivedBytes());
        object.put("queuedBytes", (long) link.queuedBytes());
        return object;
    }

    /** A link that was taken in came over the one kind that this program listens for. */
    private static String carrier(String remote) {
        int scheme = remote.indexOf("://");
        return scheme > 0 ? remote.substring(0, scheme) : "ws";
    }

    /** Returns the object of the whole table. */
    static Map<String, @Nullable Object> routes(Surroundings around) {
        Surroundings.Table table = around.table();
        List<Map<String, @Nullable Object>> buckets = new ArrayList<>();
        Map<String, @Nullable Object> object = ApiObjects.list("buckets", buckets);
        object.put("self", around.self().toString());
        object.put("key", around.self().key().hex());
        object.put("bucketSize", table == null ? 0L : table.bucketSize());
        object.put("networkSize", table == null ? 0L : table.networkSize());
        object.put("announced", table != null && table.isAnnounced());
        object.put("reach", table == null ? "client" : ApiObjects.word(table.reach()));
        object.put("records", table == null ? 0L : table.records());
        if (table == null) return object;
        List<List<Map<String, @Nullable Object>>> entries = new ArrayList<>();
        for (RoutingTable.Row row : table.rows()) {
            while (entries.size() <= row.bucket()) entries.add(new ArrayList<>());
            entries.get(row.bucket()).add(entry(around, row));
        }
        for (int i = 0; i < entries.size(); i++) {
            Map<String, @Nullable Object> bucket = new LinkedHashMap<>();
            bucket.put("bucket", (long) i);
            bucket.put("entries", entries.get(i));
            buckets.add(bucket);
        }
        return object;
    }

    private static Map<String, @Nullable Object> entry(Surroundings around, RoutingTable.Row row) {
        PeerId peer = row.where().peer();
        Map<String, @Nullable Object> object = who(around, peer);
        object.put("key", peer.key().hex());
        object.put("bits", (long) around.self().key().commonPrefix(peer.key()));
        object.put("addresses", addresses(row.where().endpoints()));
        object.put("state", state(around, row));
        object.put("rttMillis", (long) row.rttMillis());
        object.put("silentMillis", row.silentMillis());
        object.put("misses", (long) row.misses());
        return object;
    }

    private static String state(Surroundings around, RoutingTable.Row row) {
        if (around.isLinked(row.where().peer())) return "linked";
        if (row.isGone()) return row.misses() > 1 ? "gone" : "suspect";
        return row.isProven() ? "proven" : "told";
    }

    /** Returns the object of a lookup, with the steps after so many. */
    static Map<String, @Nullable Object> lookup(Surroundings around, LookupRun run, int after) {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        int number = after;
        for (LookupRun.Step step : run.stepsAfter(after)) steps.add(step(around, step, ++number));
        Map<String, @Nullable Object> object = ApiObjects.list("steps", steps);
        object.put("id", run.number());
        object.put("startMillis", run.startMillis());
        Map<String, @Nullable Object> target = who(around, run.target());
        target.put("key", run.target().key().hex());
        object.put("target", target);
        object.put("state", ApiObjects.word(run.state()));
        LookupRun.Outcome outcome = run.outcome();
        Whereabouts found = outcome.peer();
        object.put("addresses", found == null ? List.of() : addresses(found.endpoints()));
        object.put("presence", presence(outcome.presence()));
        object.put("hops", (long) outcome.hops());
        object.put("questions", (long) outcome.questions());
        object.put("failures", (long) outcome.failures());
        object.put("tookMillis", outcome.tookMillis());
        return object;
    }

    private static @Nullable Map<String, Object> presence(@Nullable PeerRecord record) {
        if (record == null) return null;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("addresses", addresses(record.endpoints()));
        object.put("sequence", record.sequence());
        object.put("expiresMillis", record.expiresMillis());
        return object;
    }

    private static Map<String, @Nullable Object> step(Surroundings around, LookupRun.Step step, int number) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("number", (long) number);
        object.put("atMillis", step.atMillis());
        object.put("about", ApiObjects.word(step.about()));
        object.put("what", ApiObjects.word(step.what()));
        object.putAll(who(around, step.peer()));
        object.put("key", step.peer().key().hex());
        object.put("bits", (long) step.towards().commonPrefix(step.peer().key()));
        object.put("hop", (long) step.hop());
        object.put("rttMillis", (long) step.rttMillis());
        object.put("named", (long) step.named());
        object.put("records", (long) step.records());
        object.put("why", ApiObjects.failure(step.why()));
        return object;
    }

    /** Returns the object of what was found to be well or wrong. */
    static Map<String, @Nullable Object> findings(List<Finding> findings) {
        Map<String, @Nullable Object> object = ApiObjects.list(
                "findings", findings.stream().map(Finding::object).toList());
        object.put("ok", findings.stream().noneMatch(finding -> finding.state() == Finding.State.BROKEN));
        return object;
    }

    /** Who a device is: its id, and the contact if it is one of theirs. */
    private static Map<String, @Nullable Object> who(Surroundings around, PeerId peer) {
        Surroundings.Person person = around.people().get(peer);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("peer", peer.toString());
        object.put("user", person == null ? null : person.user().toString());
        object.put("name", person == null ? null : person.name());
        return object;
    }

    private static List<String> addresses(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::uri).toList();
    }
}
