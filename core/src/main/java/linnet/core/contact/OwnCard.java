package linnet.core.contact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.KeyPair;
import linnet.core.env.Env;
import linnet.core.env.RowKeys;
import linnet.core.env.Store;
import linnet.core.env.Timer;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.DeviceList;
import linnet.core.wire.Reader;
import linnet.core.wire.Writer;
import org.jspecify.annotations.Nullable;

/**
 * What this device shows of itself: the device list, its bundle, and the secrets of its prekeys.
 *
 * <p>A prekey is used for a week; its secret is kept for 30 days more, so that whoever sealed to it meanwhile is still read. Both are counted
 * by the {@link LivedClock}: a wrong date deletes nothing early. Once
 * the secret is gone, what was sealed to it cannot be opened by anybody: that is all the forward secrecy that suite 1 has.
 */
final class OwnCard {
    private static final String TABLE = "self";
    private static final String LIST = "device-list";
    private static final String BUNDLE = "bundle";
    private static final String NAME = "name";
    private static final String PREKEYS = "prekey";

    /** 1 had dates of the wall clock; such prekeys are taken as new. */
    private static final int ROW_VERSION = 2;

    private static final int SECRET_BYTES = 32;

    /** How long a prekey is shown to others. */
    private static final Duration PREKEY_USED = Duration.ofDays(7);

    /** How long its secret is kept after that. */
    private static final Duration PREKEY_KEPT = Duration.ofDays(30);

    /** Secrets kept at most, whatever the clock does: five weeks need five. */
    private static final int PREKEYS_MAX = 16;

    /** How often the age of the prekey is looked at. */
    private static final Duration CHECK_EVERY = Duration.ofHours(1);

    private final Identity identity;
    private final Env env;
    private final Crypto crypto;
    private final LivedClock lived;
    private final Runnable onPublished;

    /** Prekeys that something was opened with in this life. */
    private final Map<Long, KeyPair> prekeys = new TreeMap<>();

    private String name;
    private @Nullable DeviceList list;
    private @Nullable Bundle newest;

    /** The highest sequence that was used, as others say; 0 while nobody knows better than the store. */
    private long usedSequence;

    private @Nullable Bundle published;
    private @Nullable Timer timer;

    /**
     * Creates the card over what the store holds.
     *
     * @param onPublished hears when {@link #published} has changed
     */
    OwnCard(Identity identity, String name, Env env, Crypto crypto, LivedClock lived, Runnable onPublished) {
        this.identity = identity;
        this.name = name;
        this.env = env;
        this.crypto = crypto;
        this.lived = lived;
        this.onPublished = onPublished;
    }

    /** Reads the card, or makes the first one. */
    void start() {
        Bytes listRow = env.store().get(TABLE, LIST);
        Bytes bundleRow = env.store().get(TABLE, BUNDLE);
        if (listRow == null || bundleRow == null) {
            list = DeviceList.sign(crypto, identity, 1, List.of(crypto.signingPublic(identity.deviceSeed())));
            env.store().put(TABLE, LIST, list.raw());
            env.store().put(TABLE, NAME, Bytes.utf8(name));
            change(addPrekey(1), List.of());
        } else {
            list = ContactCodec.decodeDeviceList(listRow);
            newest = ContactCodec.decodeBundle(bundleRow);
            // The first version's bundles did not name the person, and nobody takes such a bundle any more.
            if (newest.userPublic().length() > 0) published = newest;
            Bytes shown = env.store().get(TABLE, NAME);
            if (published == null || shown == null || !shown.text().equals(name)) rename(name);
        }
        check();
    }

    void stop() {
        if (timer != null) timer.cancel();
    }

    /** Says where this device can be dialled. */
    void listening(List<Endpoint> endpoints) {
        List<Endpoint> best =
                endpoints.size() > Bundle.ENDPOINTS_MAX ? endpoints.subList(0, Bundle.ENDPOINTS_MAX) : endpoints;
        Bundle now = newest();
        if (!now.endpoints().equals(best)) change(prekeyOf(now), best);
    }

    /** Shows another name: with the next bundle, since a name alone has no sequence. */
    void rename(String next) {
        name = next;
        env.store().put(TABLE, NAME, Bytes.utf8(next));
        change(prekeyOf(newest()), newest().endpoints());
    }

    /** Somebody shows this person's own card. If this device has forgotten that it made it, it makes one that is newer still. */
    void onShown(Card card) {
        card.check(crypto);
        Bundle now = newest();
        for (Bundle shown : card.bundles()) {
            if (!shown.devicePublic().equals(now.devicePublic()) || shown.raw().equals(now.raw())) continue;
            if (shown.sequence() < now.sequence()) continue;
            env.log().event("contact.card-raised", "sequence", shown.sequence());
            usedSequence = shown.sequence();
            boolean isOwnPrekey = shown.prekeyPublic().equals(now.prekeyPublic());
            change(
                    isOwnPrekey ? prekeyOf(now) : rotated(Math.max(now.prekeyId(), shown.prekeyId()) + 1),
                    now.endpoints());
        }
    }

    /** Returns the newest card; it may leave only with what this input's batch makes durable. */
    Card newestCard() {
        return card(newest());
    }

    /** Returns the newest card that is durable, so that its sequence is never used twice; null before the first one is. */
    @Nullable
    Card published() {
        return published == null ? null : card(published);
    }

    /** Returns a prekey, or null if it is gone. */
    @Nullable
    KeyPair prekey(long id) {
        KeyPair known = prekeys.get(id);
        Bytes row = known == null ? env.store().get(PREKEYS, rowKey(id)) : null;
        if (row == null) return known;
        KeyPair read = KeyPair.of(crypto, PrekeyRow.decode(row).secret);
        prekeys.put(id, read);
        return read;
    }

    private Card card(Bundle bundle) {
        DeviceList devices = list;
        if (devices == null) throw new IllegalStateException("not started");
        return new Card(name, devices, List.of(bundle));
    }

    private Bundle newest() {
        Bundle bundle = newest;
        if (bundle == null) throw new IllegalStateException("not started");
        return bundle;
    }

    private void check() {
        Bundle now = newest();
        Bytes row = env.store().get(PREKEYS, rowKey(now.prekeyId()));
        if (row == null || isOlder(PrekeyRow.decode(row).createdMillis, PREKEY_USED))
            change(rotated(now.prekeyId() + 1), now.endpoints());
        forgetOldPrekeys();
        timer = env.after(CHECK_EVERY, this::check);
    }

    private void change(Prekey prekey, List<Endpoint> endpoints) {
        long sequence = Math.max(usedSequence, newest == null ? 0 : newest.sequence()) + 1;
        Bundle next = Bundle.sign(crypto, identity, prekey.id, prekey.publicKey, sequence, endpoints);
        newest = next;
        Store store = env.store();
        store.put(TABLE, BUNDLE, next.raw());
        store.sync(() -> {
            if (published != null && published.sequence() >= next.sequence()) return;
            published = next;
            onPublished.run();
        });
    }

    /** Takes the present prekey out of use and makes another. */
    private Prekey rotated(long id) {
        String key = rowKey(newest().prekeyId());
        Bytes row = env.store().get(PREKEYS, key);
        if (row != null) env.store().put(PREKEYS, key, PrekeyRow.decode(row).retired(lived.millis()));
        env.log().event("contact.prekey-rotated", "retired", newest().prekeyId());
        return addPrekey(id);
    }

    private Prekey addPrekey(long id) {
        Bytes secret = crypto.random(SECRET_BYTES);
        env.store().put(PREKEYS, rowKey(id), new PrekeyRow(secret, lived.millis(), 0).encode());
        return new Prekey(id, crypto.agreementPublic(secret));
    }

    private void forgetOldPrekeys() {
        List<String> kept = new ArrayList<>();
        List<String> old = new ArrayList<>();
        env.store().forEach(PREKEYS, (key, row) -> {
            PrekeyRow prekey = PrekeyRow.decode(row);
            boolean over = prekey.retiredMillis > 0 && isOlder(prekey.retiredMillis, PREKEY_KEPT);
            (over ? old : kept).add(key);
        });
        while (kept.size() > PREKEYS_MAX) old.add(kept.remove(0));
        for (String key : old) {
            env.store().put(PREKEYS, key, null);
            prekeys.remove(RowKeys.number(key));
        }
    }

    private boolean isOlder(long thenMillis, Duration age) {
        return lived.millis() - thenMillis >= age.toMillis();
    }

    private static String rowKey(long id) {
        return RowKeys.of(id);
    }

    private static Prekey prekeyOf(Bundle bundle) {
        return new Prekey(bundle.prekeyId(), bundle.prekeyPublic());
    }

    private record Prekey(long id, Bytes publicKey) {}

    /** A prekey's secret and when, by the lived clock, it was made and went out of use; 0 while it is in use. */
    private record PrekeyRow(Bytes secret, long createdMillis, long retiredMillis) {
        Bytes retired(long nowMillis) {
            return new PrekeyRow(secret, createdMillis, Math.max(1, nowMillis)).encode();
        }

        Bytes encode() {
            return new Writer()
                    .uint(1, ROW_VERSION)
                    .bytes(2, secret)
                    .uint64(3, createdMillis)
                    .uint64(4, retiredMillis)
                    .toBytes();
        }

        static PrekeyRow decode(Bytes row) {
            int version = 0;
            @Nullable Bytes secret = null;
            long created = 0;
            long retired = 0;
            Reader reader = new Reader(row);
            for (int field = reader.field(); field != 0; field = reader.field()) {
                switch (field) {
                    case 1 -> version = reader.uint(ROW_VERSION);
                    case 2 -> secret = reader.bytes(SECRET_BYTES, SECRET_BYTES);
                    case 3 -> created = reader.uint64(Long.MAX_VALUE);
                    case 4 -> retired = reader.uint64(Long.MAX_VALUE);
                    default -> reader.skip();
                }
            }
            if (version < 1) throw new IllegalStateException("prekey row of version " + version);
            if (version == 1) return new PrekeyRow(Reader.required(secret, "secret"), 0, Math.min(1, retired));
            return new PrekeyRow(Reader.required(secret, "secret"), created, retired);
        }
    }
}
