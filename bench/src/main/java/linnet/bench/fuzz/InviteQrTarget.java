package linnet.bench.fuzz;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import linnet.app.cli.QrText;
import linnet.core.env.ProtocolViolation;
import linnet.core.id.Bytes;
import linnet.core.wire.Invite;
import linnet.core.wire.InviteCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a camera reads: any text, and the links of edited invites. One in 64 is drawn as the terminal draws it and read back from its dots,
 * with a few of them wrong; a code without wrong dots must say what was drawn. All bytes of an input, of which the first says nothing else, decide
 * whether: a fuzzer that could choose would draw most of the time.
 */
final class InviteQrTarget implements Target {
    /** A code costs a hundred times what its text costs, so few are drawn. */
    private static final int DRAWN_EVERY = 64;

    /** Wrong dots are fewer; the code's own correction mends them. */
    private static final int WRONG_DOTS = 8;

    /** The quiet ring around the code, in dots. */
    private static final int QUIET = 4;

    /** Longest text of the largest code with the least correction, in bytes. */
    private static final int CODE_BYTES_MAX = 2_953;

    /** Dots, masks and the text of blocks of the largest code, a few times over. */
    private static final long ALLOCATED_BY_CODE = 24 << 20;

    private final InviteTarget invites = new InviteTarget();
    private final Decoder decoder = new Decoder();

    @Override
    public List<Bytes> messages() {
        List<Bytes> messages = new ArrayList<>();
        for (Bytes invite : invites.messages())
            for (int first = 0; first < DRAWN_EVERY; first++) {
                Bytes message = Bytes.concat(Bytes.wrap(new byte[] {(byte) first}), invite);
                if (first == 1 || mixed(message) % DRAWN_EVERY == 0) messages.add(message);
            }
        return messages;
    }

    @Override
    public boolean accepts(Bytes input, boolean raw) {
        if (input.length() == 0) return false;
        Bytes rest = input.slice(1, input.length());
        String words = raw ? new String(rest.shared(), StandardCharsets.UTF_8) : link(rest);
        int mixed = mixed(input);
        boolean isDrawn = mixed % DRAWN_EVERY == 0 && rest.length() > 0 && rest.length() < CODE_BYTES_MAX / 2;
        String read = isDrawn ? read(words, mixed / DRAWN_EVERY % WRONG_DOTS, rest) : words;
        if (read == null) return false;
        try {
            Invite invite = InviteCodec.parse(read);
            if (!InviteCodec.parse("\n " + InviteCodec.link(invite) + " ").equals(invite))
                throw new IllegalStateException("another invite after drawing: " + invite);
            return true;
        } catch (ProtocolViolation refused) {
            return false;
        }
    }

    @Override
    public String crypto() {
        return "none";
    }

    @Override
    public long allocatedBytesMax(int inputBytes) {
        return ALLOCATED_BY_CODE + Target.super.allocatedBytesMax(inputBytes);
    }

    private static int mixed(Bytes input) {
        int mixed = 7;
        for (byte b : input.shared()) mixed = mixed * 31 + b;
        return mixed >>> 4;
    }

    private static String link(Bytes encoded) {
        return InviteCodec.SCHEME + Base64.getUrlEncoder().withoutPadding().encodeToString(encoded.shared());
    }

    /** Draws words and reads the dots back; null when too many are wrong. */
    private @Nullable String read(String words, int wrongDots, Bytes chance) {
        BitMatrix dots = dots(QrText.of(words, false, true));
        for (int i = 0; i < wrongDots; i++) {
            int place = (chance.at(i % chance.length()) * 7_919 + i * 104_729) % (dots.getWidth() * dots.getHeight());
            dots.flip(place % dots.getWidth(), place / dots.getWidth());
        }
        try {
            String read = decoder.decode(dots).getText();
            if (wrongDots == 0 && !read.equals(words) && isPlain(words))
                throw new IllegalStateException("the code says something else: " + read);
            return read;
        } catch (ChecksumException | FormatException unreadable) {
            if (wrongDots == 0 && isPlain(words))
                throw new IllegalStateException("the code cannot be read", unreadable);
            return null;
        }
    }

    /** Other characters depend on a set that readers guess; links have none. */
    private static boolean isPlain(String words) {
        for (int i = 0; i < words.length(); i++) if (words.charAt(i) < ' ' || words.charAt(i) > '~') return false;
        return true;
    }

    /** Returns the dots of a code of half blocks, as a terminal with dark letters shows it. */
    private static BitMatrix dots(String blocks) {
        List<String> lines = blocks.lines().toList();
        int size = lines.get(0).length() - 2 * QUIET;
        BitMatrix dots = new BitMatrix(size);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++) {
                char block = lines.get((y + QUIET) / 2).charAt(x + QUIET);
                boolean isUpper = (y + QUIET) % 2 == 0;
                if (block == '█' || block == (isUpper ? '▀' : '▄')) dots.set(x, y);
            }
        return dots;
    }
}
