package linnet.core.wire;

import linnet.core.crypto.Crypto;
import linnet.core.crypto.Identity;
import linnet.core.crypto.Signed;
import linnet.core.id.Bytes;
import linnet.core.id.NetworkId;
import org.jspecify.annotations.Nullable;

/**
 * The payload of every handshake message. The first one travels in clear and has versions only.
 *
 * @param versionMin lowest protocol version the sender speaks, from 1
 * @param versionMax highest one, at most {@link Limits#NUMBER_MAX}
 * @param proof who the sender is; in the second and third message
 */
public record Hello(
        int versionMin, int versionMax, @Nullable Proof proof) {
    /** Checks the range. */
    public Hello {
        if (versionMin < 1 || versionMax < versionMin || versionMax > Limits.NUMBER_MAX)
            throw new IllegalArgumentException("versions " + versionMin + ".." + versionMax);
    }

    /** Returns the highest version that both speak, or 0 if there is none. */
    public int common(Hello other) {
        int highest = Math.min(versionMax, other.versionMax);
        return highest >= Math.max(versionMin, other.versionMin) ? highest : 0;
    }

    /**
     * Binds the static key of a handshake to a device of a network.
     *
     * @param network where the sender belongs
     * @param devicePublic Ed25519 public key of the device, 32 bytes
     * @param signature by the device key over the sender's X25519 static key, 64 bytes
     * @param incarnation how many times the device has started, 1 to {@link Limits#COUNTER_MAX}
     * @param features one bit for each thing the sender can do beyond its version; unknown ones are ignored
     */
    public record Proof(NetworkId network, Bytes devicePublic, Bytes signature, long incarnation, int features) {
        /** Makes the proof for the device's own link key. */
        public static Proof sign(Crypto crypto, Identity identity, NetworkId network, long incarnation, int features) {
            Bytes linkPublic = crypto.agreementPublic(identity.linkSecret());
            return new Proof(
                    network,
                    crypto.signingPublic(identity.deviceSeed()),
                    Signed.sign(crypto, identity.deviceSeed(), Signed.Use.LINK, linkPublic),
                    incarnation,
                    features);
        }

        /** Returns whether the device vouches for the static key that the handshake has proved. */
        public boolean holdsFor(Crypto crypto, Bytes remoteStatic) {
            return Signed.holds(crypto, devicePublic, signature, Signed.Use.LINK, remoteStatic);
        }
    }
}
