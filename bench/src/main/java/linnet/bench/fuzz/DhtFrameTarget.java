package linnet.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.env.Failure;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.Key;
import linnet.core.wire.DhtAnswer;
import linnet.core.wire.DhtFrame;
import linnet.core.wire.DhtQuestion;
import linnet.core.wire.Frame;
import linnet.core.wire.FrameCodec;
import linnet.core.wire.Reachable;
import linnet.core.wire.SignedRecord;
import linnet.core.wire.Whereabouts;

/** Questions about the network, and answers, as frames of a link. */
final class DhtFrameTarget implements Target {
    private final Crypto crypto = new QuickCrypto();

    @Override
    public List<Bytes> messages() {
        Key key = Key.of(crypto.random(Key.BYTES));
        Endpoint endpoint = new Endpoint("udp://192.0.2.1:7071");
        SignedRecord record = DhtRecordTarget.record(crypto, Person.create(crypto, "Alice"));
        Whereabouts where =
                new Whereabouts(Person.create(crypto, "Bob").peer(crypto), crypto.random(32), List.of(endpoint));
        List<DhtQuestion<?>> questions = List.of(
                new DhtQuestion.Ping(),
                new DhtQuestion.Find(key, DhtAnswer.PEERS_MAX),
                new DhtQuestion.Get(key, SignedRecord.Kind.POINTER),
                new DhtQuestion.Put(record),
                new DhtQuestion.Compare(List.of(DhtQuestion.Digest.of(crypto, record))),
                new DhtQuestion.DialBack(endpoint),
                new DhtQuestion.OnBehalf<>(where, new DhtQuestion.Find(key, DhtAnswer.PEERS_MAX)));
        List<DhtAnswer> answers = List.of(
                new DhtAnswer.Pong(endpoint),
                new DhtAnswer.Nearest(List.of(where, where)),
                new DhtAnswer.Held(List.of(record), List.of(where)),
                new DhtAnswer.Kept(1),
                new DhtAnswer.Lacking(5),
                new DhtAnswer.DialledBack(true),
                new DhtAnswer.Refused(new Failure(Failure.Code.RATE_LIMITED)));
        List<Bytes> all = new ArrayList<>();
        Reachable asker = new Reachable(List.of(endpoint), true);
        for (DhtQuestion<?> question : questions)
            all.add(FrameCodec.encode(new DhtFrame.Asked(all.size(), question, all.isEmpty() ? asker : null)));
        for (DhtAnswer answer : answers) all.add(FrameCodec.encode(new DhtFrame.Answered(all.size(), answer)));
        return all;
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        try {
            Frame frame = FrameCodec.decode(crypto, input);
            if (!(frame instanceof DhtFrame dht) || !isKnown(dht)) return false;
            if (!FrameCodec.decode(crypto, FrameCodec.encode(frame)).equals(frame))
                throw new IllegalStateException("another frame after encoding: " + frame);
            return true;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    /** Returns whether this program could have sent it. */
    static boolean isKnown(DhtFrame frame) {
        if (frame instanceof DhtFrame.Asked asked) return asked.question() != null;
        return ((DhtFrame.Answered) frame).answer() != null;
    }
}
