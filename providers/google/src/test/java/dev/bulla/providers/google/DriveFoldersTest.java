package dev.bulla.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.model.Landing;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Query;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriveFoldersTest {
    private final TestBulla world = TestBulla.inMemory(FakeService.speaking(GoogleDrive.create())
            .on(call -> call.uri().getPath().startsWith("/drive/v3/files"), DriveFoldersTest::file));
    private final Member alice = world.bulla().tenant("acme").member("alice");

    private static HttpAnswer file(HttpCall call) {
        String path = call.uri().getPath();
        if (path.equals("/drive/v3/files")) {
            return FakeService.json(200, "{\"files\":[{\"id\":\"f1\",\"name\":\"Reports\"}]}");
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        String type = id.startsWith("f") ? "application/vnd.google-apps.folder" : "text/plain";
        return FakeService.json(
                200, "{\"id\":\"" + id + "\",\"name\":\"Folder " + id + "\",\"mimeType\":\"" + type + "\"}");
    }

    @BeforeEach
    void connect() {
        world.connect("acme", "alice", "google-drive");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String ticket() {
        try (Session session = alice.session()) {
            return session.selection("google-drive").ticket();
        }
    }

    private Landing.Outcome choose(String... ids) {
        List<Choice> choices =
                List.of(ids).stream().map(id -> new Choice(id, null)).toList();
        return alice.choose(ticket(), Map.of("folders", choices));
    }

    private static String[] folders(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "f" + number).toArray(String[]::new);
    }

    private Map<String, String> kept() {
        return alice.accounts().get(0).attributes();
    }

    @Test
    void atTheTopStandWhatOthersSharedAndSharedDrivesBesideTheFolders() {
        assertThat(alice.options(ticket(), Query.of("folders")).options())
                .containsExactly(
                        new Option("shared", "Shared with me", true),
                        new Option("drives", "Shared drives", true),
                        new Option("f1", "Reports", true));
    }

    @Test
    void fiveFoldersStandWithTheAccount() {
        assertThat(choose(folders(5))).isInstanceOf(Landing.Connected.class);

        assertThat(kept()).containsEntry("folder_ids", "f1,f2,f3,f4,f5").containsEntry("folder_5_name", "Folder f5");
    }

    @Test
    void sixthIsRefusedAndTheFormerChoiceStays() {
        choose("f7");

        assertThat(choose(folders(6))).isInstanceOf(Landing.Failed.class);
        assertThat(kept()).containsEntry("folder_ids", "f7");
    }

    @Test
    void whatIsNoFolderIsRefusedAndTheFormerChoiceStays() {
        choose("f7");

        assertThat(choose("note")).isInstanceOf(Landing.Failed.class);
        assertThat(choose("shared")).isInstanceOf(Landing.Failed.class);
        assertThat(kept()).containsEntry("folder_ids", "f7");
    }

    @Test
    void laterChoiceReplacesTheFormerOneWhole() {
        choose("f1", "f2");
        choose("f3");

        assertThat(kept())
                .containsEntry("folder_ids", "f3")
                .containsEntry("folder_1_name", "Folder f3")
                .doesNotContainKey("folder_2_name");
    }
}
