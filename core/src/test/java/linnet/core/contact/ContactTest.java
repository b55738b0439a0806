package linnet.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import linnet.core.crypto.Crypto;
import linnet.core.crypto.Draws;
import linnet.core.crypto.Identity;
import linnet.core.event.Event.ContactState;
import linnet.core.id.Bytes;
import linnet.core.id.Endpoint;
import linnet.core.wire.Bundle;
import linnet.core.wire.Card;
import linnet.core.wire.ContactCodec;
import linnet.core.wire.DeviceList;
import org.junit.jupiter.api.Test;

/** How cards of one person come together. */
class ContactTest {
    private final Crypto crypto = Draws.fixed();
    private final Bytes user = secret("user");

    @Test
    void cardsThatAreTooLongTogetherChangeNothing() {
        List<Bundle> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) all.add(longBundle("device " + i));
        Contact known = Contact.of(crypto, card(1, all, all.subList(0, 4)), ContactState.ACCEPTED);
        Card rest = card(2, all, all.subList(4, 8));
        assertThat(ContactCodec.fits(rest)).isTrue();
        Contact merged = known.with(crypto, rest);
        assertThat(merged).isSameAs(known);
        assertThat(Contact.decode(crypto, merged.encode())).isEqualTo(known);
    }

    @Test
    void cardsThatFitTogetherShowTheDevicesOfBoth() {
        List<Bundle> all = List.of(longBundle("one"), longBundle("two"));
        Contact known = Contact.of(crypto, card(1, all, all.subList(0, 1)), ContactState.ACCEPTED);
        assertThat(known.peers()).hasSize(1);
        Contact merged = known.with(crypto, card(1, all, all.subList(1, 2)));
        assertThat(merged.peers()).hasSize(2);
        assertThat(Contact.decode(crypto, merged.encode())).isEqualTo(merged);
    }

    private Card card(long sequence, List<Bundle> listed, List<Bundle> shown) {
        List<Bytes> devices = new ArrayList<>();
        for (Bundle bundle : listed) devices.add(bundle.devicePublic());
        Identity person = new Identity(user, user, user);
        return new Card("Alice", DeviceList.sign(crypto, person, sequence, devices), shown);
    }

    private Bundle longBundle(String device) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < Bundle.ENDPOINTS_MAX; i++) endpoints.add(new Endpoint("ws://" + i + "x".repeat(240)));
        Identity identity = new Identity(user, secret(device), secret(device));
        return Bundle.sign(crypto, identity, 1, crypto.agreementPublic(secret(device)), 1, endpoints);
    }

    private Bytes secret(String name) {
        return crypto.sha256(Bytes.utf8(name));
    }
}
