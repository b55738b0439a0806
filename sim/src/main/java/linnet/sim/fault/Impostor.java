package linnet.sim.fault;

import linnet.core.crypto.Crypto;
import linnet.core.id.Bytes;
import linnet.sim.host.ForwardingCrypto;

/** Primitives that claim somebody else's public key and sign with one's own: what is made with them looks right and does not hold. */
final class Impostor extends ForwardingCrypto {
    private final Bytes ownSeed;
    private final Bytes claimedPublic;

    /** Creates primitives under which {@code ownSeed} seems to belong to {@code claimedPublic}. */
    Impostor(Crypto own, Bytes ownSeed, Bytes claimedPublic) {
        super(own);
        this.ownSeed = ownSeed;
        this.claimedPublic = claimedPublic;
    }

    @Override
    public Bytes signingPublic(Bytes seed) {
        return seed.equals(ownSeed) ? claimedPublic : super.signingPublic(seed);
    }
}
