package linnet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTest {
    @TempDir
    Path home;

    private Config load(String yaml, Map<String, String> environment, Map<String, String> flags) throws Exception {
        Files.writeString(home.resolve(Config.FILE), yaml);
        return Config.load(home, environment, flags);
    }

    private void refuses(String yaml, String... words) {
        assertThatExceptionOfType(ConfigFault.class)
                .isThrownBy(() -> load(yaml, Map.of(), Map.of()))
                .satisfies(fault -> assertThat(fault.getMessage()).contains(words));
    }

    static java.util.List<Setting> settings() {
        return Setting.ALL;
    }

    @Test
    void withoutAFileEverythingHasItsDefault() throws Exception {
        Config config = Config.load(home, Map.of(), Map.of());
        for (Setting setting : Setting.ALL) {
            assertThat(config.value(setting)).isEqualTo(new Config.Value(setting.standard(), "default"));
        }
    }

    @Test
    void flagsGoBeforeVariablesAndTheseBeforeTheFile() throws Exception {
        String yaml = "name: file\nnetwork: file\nlog:\n  level: warn\n";
        Map<String, String> environment = Map.of("LINNET_NAME", "variable", "LINNET_NETWORK", "variable");
        Config config = load(yaml, environment, Map.of("name", "flag"));
        assertThat(config.value(Setting.NAME)).isEqualTo(new Config.Value("flag", "flag"));
        assertThat(config.value(Setting.NETWORK)).isEqualTo(new Config.Value("variable", "LINNET_NETWORK"));
        assertThat(config.value(Setting.LOG_LEVEL)).isEqualTo(new Config.Value("warn", "config.yaml"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyDefaultIsAllowed(Setting setting) {
        assertThat(setting.rule().takes(setting.standard())).isTrue();
        assertThat(setting.rule().allowed()).isNotBlank();
        assertThat(setting.doc()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: '" + "0123456789012345678901234567890123456789012345678901234567890123456789"
                        + "' | name: | 0 to 64",
                "network: '' | network: | 1 to 64",
                "listen: here | listen: | <host>:<port>",
                "listen: '0.0.0.0:65536' | listen: | 0 to 65535",
                "advertise: 'http://a/' | advertise: | ws://host:port/",
                "advertise: 'udp://example.org:7071' | advertise: | udp://address:port",
                "advertise: 'udp://192.0.2.1' | advertise: | udp://address:port",
                "bootstrap: ['ws://a:1/'] | bootstrap: | peer1…@ws://host:port/",
                "role: [bootstrap, queen] | role: | bootstrap, bridge",
                "api: {port: -1} | api.port: | 0 to 65535, or auto",
                "api: {port: seven} | api.port: | 0 to 65535, or auto",
                "receipts: maybe | receipts: | on, off",
                "log: {level: loud} | log.level: | error, warn, info, debug",
                "log: {files: 0} | log.files: | 1 to 100",
            })
    void aWrongValueNamesTheKeyAndWhatIsAllowed(String yaml, String key, String allowed) {
        refuses(yaml, key, "is not possible", allowed);
    }

    @Test
    void anUnknownKeyComesWithASuggestion() {
        refuses("nmae: Alice", "unknown key 'nmae'", "did you mean 'name'?");
        refuses("log: {levl: info}", "unknown key 'log.levl'", "did you mean 'log.level'?");
        refuses("wibble: 1", "unknown key 'wibble'", "known keys: name, network");
    }

    @Test
    void whatIsNoYamlIsToldWithItsLine() {
        refuses("name: Alice\nlog: [", "config.yaml: no YAML");
        refuses("name: a\nname: b", "config.yaml: no YAML", "duplicate");
        refuses("- just\n- a list", "must be keys with values");
        refuses("!!java.net.URL [x]", "config.yaml");
    }

    @Test
    void aVariableIsCheckedLikeTheFile() {
        assertThatExceptionOfType(ConfigFault.class)
                .isThrownBy(() -> Config.load(home, Map.of("LINNET_API_PORT", "x"), Map.of()))
                .withMessage("LINNET_API_PORT: 'x' is not possible; allowed: 0 to 65535, or auto");
    }

    @Test
    void switchesMayBeWrittenAsYamlBooleans() throws Exception {
        assertThat(load("receipts: false", Map.of(), Map.of()).isOn(Setting.RECEIPTS))
                .isFalse();
        assertThat(load("receipts: on", Map.of(), Map.of()).isOn(Setting.RECEIPTS))
                .isTrue();
    }

    @Test
    void addressesMayBeAList() throws Exception {
        Config config = load("advertise:\n  - ws://a:1/\n  - wss://b:2/\n", Map.of(), Map.of());
        assertThat(config.text(Setting.ADVERTISE)).isEqualTo("ws://a:1/,wss://b:2/");
        String packets = load("advertise: [ws://a:1/, 'udp://[2001:db8::1]:7071']", Map.of(), Map.of())
                .text(Setting.ADVERTISE);
        assertThat(packets).isEqualTo("ws://a:1/,udp://[2001:db8::1]:7071");
    }
}
