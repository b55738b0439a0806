package linnet.jvm.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linnet.core.id.Bytes;
import linnet.jvm.HostException;
import linnet.jvm.HostException.Kind;
import linnet.jvm.JdkCrypto;
import linnet.jvm.NumberedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteStoreTest {
    @TempDir
    Path folder;

    private final Bytes dataKey = Bytes.wrap(new byte[32]);
    private final Outcome outcome = new Outcome();
    private Path file;

    @BeforeEach
    void createFile() throws Exception {
        file = Files.createFile(folder.resolve("node.db"));
    }

    @Test
    void whatWasMadeDurableIsThereAgain() throws Exception {
        try (SqliteStore store = open()) {
            store.put("a", "x", Bytes.utf8("1"));
            store.put("a", "y", Bytes.utf8("2"));
            store.put("b", "x", Bytes.utf8("3"));
            store.put("a", "y", null);
            store.sync(() -> {});
            store.closeBatch(1, null);
            outcome.next();
        }
        try (SqliteStore store = open()) {
            List<String> seen = new ArrayList<>();
            store.forEach("a", (key, value) -> seen.add(key + "=" + value.text()));
            store.forEach("b", (key, value) -> seen.add(key + "=" + value.text()));
            store.forEach("c", (key, value) -> seen.add("never"));
            assertThat(seen).containsExactly("x=1", "x=3");
            assertThat(store.get("a", "y")).isNull();
        }
    }

    @Test
    void theConnectionThatCommitsWaitsForTheDisk() throws Exception {
        try (SqliteDisk disk = new SqliteDisk(file, seal())) {
            assertThat(disk.pragma("synchronous")).as("FULL").isEqualTo("2");
            assertThat(disk.pragma("journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void nothingLeavesBeforeCommit() throws Exception {
        CountDownLatch mayCommit = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        SqliteDisk real = new SqliteDisk(file, seal());
        Disk held = new Disk() {
            @Override
            public List<NumberedEvent> write(List<Batch> batches) throws SQLException {
                reached.countDown();
                await(mayCommit);
                return real.write(batches);
            }

            @Override
            public void close() throws SQLException {
                real.close();
            }
        };
        try (SqliteStore store = new SqliteStore(real.load(), held, outcome)) {
            store.put("seen", "m", Bytes.utf8("1"));
            store.emit(Samples.received(1, "hello"));
            store.sync(() -> outcome.add("acknowledged"));
            store.closeBatch(1, null);
            await(reached);
            assertThat(outcome.entries)
                    .as("released while the disk has nothing")
                    .isEmpty();
            mayCommit.countDown();
            assertThat(outcome.next()).isEqualTo("event 1 with 1 events and 1 values in the file");
            assertThat(outcome.next()).isEqualTo("durable with 1 events and 1 values in the file");
        }
    }

    @Test
    void batchesThatWaitAreJoinedInOneTransactionAndStayInOrder() throws Exception {
        CountDownLatch mayCommit = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        List<Integer> groups = new ArrayList<>();
        SqliteDisk real = new SqliteDisk(file, seal());
        Disk slow = new Disk() {
            @Override
            public List<NumberedEvent> write(List<Batch> batches) throws SQLException {
                groups.add(batches.size());
                reached.countDown();
                await(mayCommit);
                return real.write(batches);
            }

            @Override
            public void close() throws SQLException {
                real.close();
            }
        };
        try (SqliteStore store = new SqliteStore(real.load(), slow, outcome)) {
            store.emit(Samples.received(1, "first"));
            store.closeBatch(1, null);
            await(reached);
            for (int i = 2; i <= 6; i++) {
                store.put("t", "k", Bytes.utf8("" + i));
                store.emit(Samples.received(i, "later"));
                store.closeBatch(i, null);
            }
            mayCommit.countDown();
            for (int i = 1; i <= 6; i++) assertThat(outcome.next()).startsWith("event " + i + " ");
        }
        assertThat(groups).containsExactly(1, 5);
        try (SqliteStore store = open()) {
            assertThat(store.get("t", "k")).isEqualTo(Bytes.utf8("6"));
        }
    }

    @Test
    void anAbandonedStoreKeepsAPrefixOfWholeBatches() throws Exception {
        SqliteStore store = open();
        for (int i = 1; i <= 200; i++) {
            store.put("t", "a" + i, Bytes.utf8("1"));
            store.put("t", "b" + i, Bytes.utf8("1"));
            store.emit(Samples.received(i, "text"));
            store.closeBatch(i, null);
        }
        outcome.next();
        store.abandon();
        try (SqliteStore again = open();
                Reading reading = new Reading(file, new JdkCrypto(), dataKey)) {
            int[] kept = new int[1];
            again.forEach("t", (key, value) -> kept[0]++);
            assertThat(kept[0]).isEven().isGreaterThanOrEqualTo(2);
            assertThat(reading.lastEvent()).isEqualTo(kept[0] / 2);
            for (int i = 1; i <= kept[0] / 2; i++) {
                assertThat(again.get("t", "a" + i)).isNotNull();
                assertThat(again.get("t", "b" + i)).isNotNull();
            }
        }
    }

    @Test
    void aDiscardedBatchNeverWas() throws Exception {
        try (SqliteStore store = open()) {
            store.put("t", "kept", Bytes.utf8("old"));
            store.closeBatch(1, null);
            store.put("t", "kept", Bytes.utf8("new"));
            store.put("t", "fresh", Bytes.utf8("1"));
            store.put("t", "kept", null);
            store.emit(Samples.received(1, "never"));
            assertThat(store.isUntouched()).isFalse();
            store.discardBatch();
            assertThat(store.isUntouched()).isTrue();
            assertThat(store.get("t", "kept")).isEqualTo(Bytes.utf8("old"));
            assertThat(store.get("t", "fresh")).isNull();
        }
        try (SqliteStore store = open()) {
            assertThat(store.get("t", "kept")).isEqualTo(Bytes.utf8("old"));
        }
    }

    @Test
    void aTableHasALimit() throws Exception {
        try (SqliteStore store = open()) {
            Bytes mebibyte = Bytes.wrap(new byte[1 << 20]);
            for (int i = 0; i < 63; i++) store.put("t", "k" + i, mebibyte);
            store.discardBatch();
            for (int i = 0; i < 63; i++) store.put("t", "k" + i, mebibyte);
            assertThatThrownBy(() -> store.put("t", "last", mebibyte)).hasMessageContaining("would hold");
            store.put("t", "k0", Bytes.EMPTY);
            store.put("t", "last", mebibyte);
            store.discardBatch();
        }
    }

    @Test
    void whatWaitsForTheDiskIsBoundedInBytes() throws Exception {
        CountDownLatch mayCommit = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        List<Long> groups = new ArrayList<>();
        Disk slow = new Disk() {
            @Override
            public List<NumberedEvent> write(List<Batch> batches) {
                reached.countDown();
                await(mayCommit);
                groups.add(batches.stream().mapToLong(Batch::bytes).sum());
                return List.of();
            }

            @Override
            public void close() {}
        };
        Bytes mebibyte = Bytes.wrap(new byte[1 << 20]);
        try (SqliteStore store = new SqliteStore(new Tables(), slow, outcome)) {
            Thread node = new Thread(() -> {
                for (int i = 0; i < 40; i++) {
                    store.put("t", "k" + i, mebibyte);
                    store.closeBatch(1, null);
                }
            });
            node.start();
            await(reached);
            while (node.getState() != Thread.State.WAITING) {
                assertThat(node.isAlive()).as("the node waits for the disk").isTrue();
                Thread.onSpinWait();
            }
            mayCommit.countDown();
            node.join();
        }
        assertThat(groups).allMatch(bytes -> bytes < SqliteStore.WAITING_BYTES_MAX + (2 << 20));
        assertThat(groups.stream().mapToLong(Long::longValue).sum()).isGreaterThan(40L << 20);
    }

    @Test
    void aDatabaseThatCannotBeLoadedIsClosedAgain() throws Exception {
        Path open = Path.of("/proc/self/fd");
        assumeThat(open).exists();
        try (SqliteStore store = open()) {
            store.put("t", "k", Bytes.utf8("secret"));
            store.closeBatch(1, null);
        }
        Bytes otherKey = Bytes.wrap(HexFormat.of().parseHex("01".repeat(32)));
        assertThatThrownBy(() -> SqliteStore.open(file, new JdkCrypto(), otherKey, outcome))
                .isInstanceOf(HostException.class);
        List<String> left = new ArrayList<>();
        try (var handles = Files.list(open)) {
            for (Path handle : handles.toList())
                if (Files.isSymbolicLink(handle))
                    left.add(Files.readSymbolicLink(handle).toString());
        }
        assertThat(left).noneMatch(name -> name.startsWith(file.toString()));
    }

    @Test
    void aFailedDiskReleasesNothingAndIsSaidOnce() throws Exception {
        Disk broken = new Disk() {
            @Override
            public List<NumberedEvent> write(List<Batch> batches) throws SQLException {
                throw new SQLException("no space left");
            }

            @Override
            public void close() {}
        };
        try (SqliteStore store = new SqliteStore(new Tables(), broken, outcome)) {
            store.emit(Samples.received(1, "lost"));
            store.sync(() -> outcome.add("acknowledged"));
            store.closeBatch(1, null);
            assertThat(outcome.next()).isEqualTo("failed DISK_FAILED");
            for (int i = 0; i < 5_000; i++) {
                store.put("t", "k" + i, Bytes.EMPTY);
                store.closeBatch(2, null);
            }
        }
        assertThat(outcome.entries).isEmpty();
    }

    @Test
    void aFullDiskKeepsWhatItHas() throws Exception {
        SqliteDisk disk = new SqliteDisk(file, seal());
        try (SqliteStore store = new SqliteStore(disk.load(), disk, outcome)) {
            store.put("t", "before", Bytes.utf8("1"));
            store.sync(() -> {});
            store.closeBatch(1, null);
            outcome.next();
            // No page more than there are: for SQLite the same as a disk without room.
            disk.pragma("max_page_count = 1");
            store.put("t", "after", Bytes.wrap(new byte[100_000]));
            store.sync(() -> {});
            store.closeBatch(2, null);
            assertThat(outcome.next()).isEqualTo("failed DISK_FAILED");
        }
        try (SqliteStore store = open()) {
            assertThat(store.get("t", "before")).isNotNull();
            assertThat(store.get("t", "after")).isNull();
        }
    }

    @Test
    void aFileThatAnotherProgramHoldsIsWaitedFor() throws Exception {
        SqliteDisk real = new SqliteDisk(file, seal());
        int[] refusals = {2};
        Disk held = new Disk() {
            @Override
            public List<NumberedEvent> write(List<Batch> batches) throws SQLException {
                if (refusals[0]-- > 0) throw new SQLiteException("held", SQLiteErrorCode.SQLITE_BUSY);
                return real.write(batches);
            }

            @Override
            public void close() throws SQLException {
                real.close();
            }
        };
        try (SqliteStore store = new SqliteStore(real.load(), held, outcome)) {
            store.emit(Samples.received(1, "patient"));
            store.closeBatch(1, null);
            assertThat(outcome.next()).startsWith("event 1");
        }
    }

    @Test
    void aNewerDatabaseIsRefusedInWords() throws Exception {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_NEWER))
                .hasMessageContaining("version 99");
    }

    @Test
    void anotherHomesDatabaseIsRefusedInWords() throws Exception {
        try (SqliteStore store = open()) {
            store.put("t", "k", Bytes.utf8("secret"));
            store.closeBatch(1, null);
        }
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> SqliteStore.open(file, new JdkCrypto(), Bytes.wrap(other), outcome))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_DAMAGED));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInWords() throws Exception {
        Files.writeString(file, "this is a letter and not a database ".repeat(100));
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HOME_DAMAGED));
    }

    @Test
    void theFileShowsNoValues() throws Exception {
        try (SqliteStore store = open()) {
            store.put("t", "k", Bytes.utf8("a very secret value"));
            store.emit(Samples.accepted(1, "a very secret message"));
            store.closeBatch(1, null);
        }
        try (var files = Files.list(folder)) {
            for (Path each : files.toList())
                assertThat(new String(Files.readAllBytes(each), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(each.toString())
                        .doesNotContain("a very secret");
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(file, new JdkCrypto(), dataKey, outcome);
    }

    private Seal seal() {
        return new Seal(new JdkCrypto(), dataKey);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes what is released, and what another program would find in the file at that moment. */
    private final class Outcome implements SqliteStore.Released {
        final LinkedBlockingQueue<String> entries = new LinkedBlockingQueue<>();

        @Override
        public void onEvents(List<NumberedEvent> events) {
            for (NumberedEvent event : events) add("event " + event.number() + inFile());
        }

        @Override
        public void onDurable(Runnable durable) {
            add("durable" + inFile());
        }

        @Override
        public void onFailed(HostException why) {
            add("failed " + why.kind());
        }

        void add(String entry) {
            entries.add(entry);
        }

        String next() throws InterruptedException {
            String entry = entries.poll(10, TimeUnit.SECONDS);
            assertThat(entry).as("released within 10 s").isNotNull();
            return entry;
        }

        private String inFile() {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM protocol)")) {
                return " with " + row.getInt(1) + " events and " + row.getInt(2) + " values in the file";
            } catch (SQLException e) {
                return " unreadable " + e;
            }
        }
    }
}
