package linnet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a camera sees of the terminal is read again, by a reader that knows nothing of the writer. */
class QrTextTest {
    /** Pixels of one dot. */
    private static final int SCALE = 4;

    private static final int BLACK = 0x000000;
    private static final int WHITE = 0xffffff;

    @ParameterizedTest(name = "colours {0}, light {1}")
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void aCameraReadsTheLinkFromDarkAndLightTerminals(boolean colours, boolean light) throws Exception {
        for (int length : new int[] {1, 80, 711, 1_000}) {
            String link = "linnet:" + "aB3-_".repeat(300).substring(0, length);
            String text = QrText.of(link, colours, light);
            int ink = colours || light ? BLACK : WHITE;
            assertThat(seen(text, ink)).isEqualTo(link);
        }
    }

    @Test
    void theColumnsAreThoseThatAreUsed() {
        String link = "linnet:" + "x".repeat(700);
        for (String line : QrText.of(link, false, false).lines().toList())
            assertThat(line).hasSize(QrText.columns(link));
    }

    private static String seen(String text, int ink) throws Exception {
        List<String> lines = text.lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
        int width = lines.get(0).length() * SCALE;
        int height = lines.size() * 2 * SCALE;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            String line = lines.get(y / (2 * SCALE));
            boolean upper = y / SCALE % 2 == 0;
            for (int x = 0; x < width; x++) {
                char block = line.charAt(x / SCALE);
                boolean inked = block == '█' || block == (upper ? '▀' : '▄');
                pixels[y * width + x] = inked ? ink : WHITE - ink;
            }
        }
        BinaryBitmap picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader().decode(picture).getText();
    }
}
