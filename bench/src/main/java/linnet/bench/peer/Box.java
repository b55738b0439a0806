package linnet.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM by itself: one cipher, one key, a counter as the nonce in front of each message, its own buffers. */
final class Box {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final int BUFFER_BYTES = 1 << 17;

    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] sealed = new byte[BUFFER_BYTES];
    private final byte[] plain = new byte[BUFFER_BYTES];
    private long count;

    Box() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ByteBuf seal(ByteBufAllocator buffers, byte[] message) {
        count++;
        for (int i = 0; i < Long.BYTES; i++) nonce[NONCE_BYTES - 1 - i] = (byte) (count >>> (8 * i));
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            int length = cipher.doFinal(message, 0, message.length, sealed, 0);
            return buffers.buffer(NONCE_BYTES + length).writeBytes(nonce).writeBytes(sealed, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a message and returns its length; it is in {@link #plain} until the next one. */
    int open(ByteBuf message) {
        int length = message.readableBytes() - NONCE_BYTES;
        message.readBytes(nonce).readBytes(sealed, 0, length);
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            return cipher.doFinal(sealed, 0, length, plain, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] plain() {
        return plain;
    }
}
