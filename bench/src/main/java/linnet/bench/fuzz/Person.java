package linnet.bench.fuzz;

import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.id.PeerId;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.DeviceList;

/**
 * Somebody with everything that a person shows to others.
 *
 * @param identity the secrets
 * @param prekeySecret the secret of the bundle's prekey
 * @param card what others see
 */
record Person(Identity identity, Bytes prekeySecret, Card card) {
    private static final int SECRET_BYTES = 32;

    /** Draws somebody. */
    static Person create(Crypto crypto, String name) {
        Identity identity = Identity.create(crypto);
        Bytes prekeySecret = crypto.random(SECRET_BYTES);
        List<Endpoint> endpoints =
                List.of(new Endpoint("ws://192.0.2.1:7071/"), new Endpoint("wss://example.org/linnet"));
        Bundle bundle = Bundle.sign(crypto, identity, 1, crypto.agreementPublic(prekeySecret), 1, endpoints);
        DeviceList devices = DeviceList.sign(crypto, identity, 1, List.of(bundle.devicePublic()));
        return new Person(identity, prekeySecret, new Card(name, devices, List.of(bundle)));
    }

    /** Returns the only bundle. */
    Bundle bundle() {
        return card.bundles().get(0);
    }

    /** Returns the only device. */
    PeerId peer(Crypto crypto) {
        return Identity.peerId(crypto, bundle().devicePublic());
    }
}
