package dev.bulla.providers.google;

import dev.bulla.oauth2.ApiQuestion;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The choice of up to five folders. They are browsed by parent; two entries at the top are no folders and only opened: what others shared
 * has no parent that the member can see, and shared drives are listed elsewhere. A shortcut to a folder is none.
 */
final class DriveFolders {
    /** What others shared with the member. */
    static final String SHARED = "shared";
    /** The shared drives; each one's id is that of its root folder. */
    static final String DRIVES = "drives";
    /** Google's own name for the root of My Drive. */
    static final String ROOT = "root";

    private static final String STEP = "folders";
    private static final int MOST = 5;
    private static final ApiQuestion API =
            ApiQuestion.of(ApiAccess.bearer("https://www.googleapis.com/drive/v3/"), GoogleApi::failure);
    private static final String FOLDER = "application/vnd.google-apps.folder";
    private static final String FOLDERS_ALONE = " and mimeType = '" + FOLDER + "' and trashed = false";

    private DriveFolders() {}

    static Selection selection() {
        return new Selection(
                        List.of(Step.several(STEP, "Folders", MOST)
                                .optional()
                                .browsed()
                                .searched()),
                        DriveFolders::list,
                        DriveFolders::choose,
                        "no_folders")
                .telling("folders", false);
    }

    private static Page list(Query query, Tokens tokens, ProviderCall call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String parent = query.parent() == null ? ROOT : query.parent();
        boolean drives = query.search() == null && parent.equals(DRIVES);
        if (drives) {
            parameters.put("fields", "nextPageToken,drives(id,name)");
        } else {
            parameters.put("q", terms(query.search(), parent) + FOLDERS_ALONE);
            parameters.put("fields", "nextPageToken,files(id,name)");
            parameters.put("supportsAllDrives", "true");
            parameters.put("includeItemsFromAllDrives", "true");
        }
        if (query.page() != null) {
            parameters.put("pageToken", query.page());
        }
        Json answer = get(drives ? "drives" : "files", parameters, tokens, call);
        boolean top = query.parent() == null && query.search() == null && query.page() == null;
        Stream<Option> virtual = top
                ? Stream.of(new Option(SHARED, "Shared with me", true), new Option(DRIVES, "Shared drives", true))
                : Stream.empty();
        Stream<Option> real = answer.objects(drives ? "drives" : "files").stream()
                .flatMap(one -> one.text("id").stream()
                        .map(id -> new Option(id, one.text("name").orElse(id), true)));
        return new Page(
                Stream.concat(virtual, real).toList(),
                answer.text("nextPageToken").filter(token -> !token.isEmpty()).orElse(null));
    }

    private static String terms(@Nullable String search, String parent) {
        if (search != null) {
            return "name contains " + quoted(search);
        }
        return parent.equals(SHARED) ? "sharedWithMe = true" : quoted(parent) + " in parents";
    }

    /** A text in a query: the backslash first, so that those before quotes are not doubled. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<String> ids = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Choice choice : chosen.getOrDefault(STEP, List.of())) {
            Json folder = folder(choice.id(), tokens, call);
            String id = folder.text("id").orElseThrow(Selection::unknown);
            if (!ids.contains(id)) {
                ids.add(id);
                String name = choice.name() == null ? folder.text("name").orElse(id) : choice.name();
                attributes.put("folder_" + ids.size() + "_name", name);
            }
        }
        attributes.put("folder_ids", String.join(",", ids));
        return new Chosen(tokens, attributes, null);
    }

    private static Json folder(String id, Tokens tokens, ProviderCall call) {
        if (!id.matches("[A-Za-z0-9_-]{1,128}") || id.equals(SHARED) || id.equals(DRIVES)) {
            throw Selection.unknown();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fields", "id,name,mimeType,trashed");
        parameters.put("supportsAllDrives", "true");
        try {
            Json file = get("files/" + id, parameters, tokens, call);
            boolean usable = file.text("mimeType").filter(FOLDER::equals).isPresent()
                    && !file.flag("trashed").orElse(false);
            if (usable) {
                return file;
            }
        } catch (ProviderException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
        throw Selection.unknown();
    }

    private static Json get(String target, Map<String, String> parameters, Tokens tokens, ProviderCall call) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(
                name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
        return API.get(target + "?" + String.join("&", pairs), tokens, call);
    }
}
