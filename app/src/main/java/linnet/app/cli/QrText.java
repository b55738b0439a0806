package linnet.app.cli;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/**
 * A QR code made of half blocks, two rows of dots in each line of text. Scanners need dark dots on a light ground, so with colours both are
 * set, whatever the terminal's are; without colours the letters are taken to be the light ones, as on most terminals.
 */
public final class QrText {
    /** Light dots around the code, as the standard asks for. */
    private static final int QUIET = 4;

    /** Black letters on white ground, from the 256 colours that every theme leaves alone. */
    private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";

    private static final String USUAL = "\u001b[0m";

    private QrText() {}

    /**
     * Returns the lines of a code.
     *
     * @param colours whether the terminal shows colours
     * @param lightGround without colours: whether letters are dark on a light ground
     */
    public static String of(String words, boolean colours, boolean lightGround) {
        BitMatrix dots = dots(words);
        boolean inkIsDark = colours || lightGround;
        StringBuilder text = new StringBuilder();
        for (int y = -QUIET; y < dots.getHeight() + QUIET; y += 2) {
            if (colours) text.append(BLACK_ON_WHITE);
            for (int x = -QUIET; x < dots.getWidth() + QUIET; x++)
                text.append(block(isDark(dots, x, y) == inkIsDark, isDark(dots, x, y + 1) == inkIsDark));
            if (colours) text.append(USUAL);
            text.append('\n');
        }
        return text.toString();
    }

    /** Returns how many columns a code takes. */
    static int columns(String words) {
        return dots(words).getWidth() + 2 * QUIET;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) return lower ? '█' : '▀';
        return lower ? '▄' : ' ';
    }

    private static boolean isDark(BitMatrix dots, int x, int y) {
        return x >= 0 && y >= 0 && x < dots.getWidth() && y < dots.getHeight() && dots.get(x, y);
    }

    /** The least correction: a screen is clean, and fewer dots fit into more terminals. */
    private static BitMatrix dots(String words) {
        try {
            return new QRCodeWriter()
                    .encode(
                            words,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.L, EncodeHintType.MARGIN, 0));
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code holds " + words.length() + " characters", e);
        }
    }
}
