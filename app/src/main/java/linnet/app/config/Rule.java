package linnet.app.config;

import java.util.List;
import linnet.core.bootstrap.Door;
import linnet.jvm.JvmConfig;
import linnet.jvm.datagram.UdpSocket;

/** Which values an option takes. */
public sealed interface Rule {
    /** Returns what is allowed, in words that fit behind "allowed: ". */
    String allowed();

    /** Returns whether {@code value} is allowed. */
    boolean takes(String value);

    /** Returns the placeholder that help shows. */
    String label();

    /**
     * Text of a bounded length.
     *
     * @param min shortest
     * @param max longest, in characters
     */
    record Text(int min, int max) implements Rule {
        @Override
        public String allowed() {
            return min + " to " + max + " characters without line breaks";
        }

        @Override
        public boolean takes(String value) {
            return value.length() >= min
                    && value.length() <= max
                    && value.codePoints().noneMatch(Character::isISOControl);
        }

        @Override
        public String label() {
            return "<text>";
        }
    }

    /** A whole number, or the word {@code auto} where the program may choose. */
    record Whole(int min, int max, boolean auto) implements Rule {
        @Override
        public String allowed() {
            return min + " to " + max + (auto ? ", or auto" : "");
        }

        @Override
        public boolean takes(String value) {
            if (auto && value.equals("auto")) return true;
            try {
                int number = Integer.parseInt(value);
                return number >= min && number <= max;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public String label() {
            return "<number>";
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements Rule {
        /** Takes the words as they are listed in the documentation. */
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String allowed() {
            return String.join(", ", words);
        }

        @Override
        public boolean takes(String value) {
            return words.contains(value);
        }

        @Override
        public String label() {
            return "<" + String.join("|", words) + ">";
        }
    }

    /** Where to listen: a host and a port, the port possibly chosen by the program; empty for nowhere, where that is possible. */
    record HostPort(boolean empty) implements Rule {
        private static final Whole PORT = new Whole(0, 65_535, true);

        @Override
        public String allowed() {
            return "<host>:<port>, the port 0 to 65535 or auto" + (empty ? ", or empty" : "");
        }

        @Override
        public boolean takes(String value) {
            if (value.isEmpty()) return empty;
            int colon = value.lastIndexOf(':');
            return colon > 0 && value.chars().noneMatch(c -> c <= ' ') && PORT.takes(value.substring(colon + 1));
        }

        @Override
        public String label() {
            return "<host:port>";
        }
    }

    /** Addresses that others dial, with commas between them; empty where the program finds them out. */
    record Addresses(int max) implements Rule {
        @Override
        public String allowed() {
            return "at most " + max
                    + " addresses ws://host:port/, wss://host:port/ or udp://address:port, with commas between";
        }

        @Override
        public boolean takes(String value) {
            if (value.isEmpty()) return true;
            List<String> addresses = List.of(value.split(",", -1));
            return addresses.size() <= max && addresses.stream().allMatch(Addresses::isAddress);
        }

        private static boolean isAddress(String text) {
            if (text.startsWith("udp:")) return UdpSocket.isAddress(text);
            String rest =
                    text.startsWith("ws://") ? text.substring(5) : text.startsWith("wss://") ? text.substring(6) : "";
            return !rest.isEmpty() && text.length() <= 256 && text.chars().allMatch(c -> c > ' ' && c <= '~');
        }

        @Override
        public String label() {
            return "<addresses>";
        }
    }

    /** Bootstrap nodes, with commas between them; or none. */
    record Doors(int max) implements Rule {
        @Override
        public String allowed() {
            return "at most " + max + " of peer1…@ws://host:port/ or peer1…@wss://host/, with commas between";
        }

        @Override
        public boolean takes(String value) {
            if (value.isEmpty()) return true;
            List<String> doors = List.of(value.split(",", -1));
            return doors.size() <= max && doors.stream().allMatch(Doors::isDoor);
        }

        private static boolean isDoor(String text) {
            try {
                return JvmConfig.dialled(Door.parse(text).at()) != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public String label() {
            return "<nodes>";
        }
    }

    /** Some of a few words, each once, with commas between them; or none. */
    record Words(List<String> words) implements Rule {
        /** Takes the words as they are listed in the documentation. */
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public String allowed() {
            return String.join(", ", words) + ", or several with commas between";
        }

        @Override
        public boolean takes(String value) {
            if (value.isEmpty()) return true;
            List<String> said = List.of(value.split(",", -1));
            return words.containsAll(said) && said.stream().distinct().count() == said.size();
        }

        @Override
        public String label() {
            return "<" + String.join(",", words) + ">";
        }
    }
}
