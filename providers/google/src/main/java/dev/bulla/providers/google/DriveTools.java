package dev.bulla.providers.google;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Paging;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;

/**
 * Tools, files and shared drives, by the description that the <a
 * href="https://developers.google.com/workspace/drive/api/reference/rest/v3">Drive API</a> v3 gives of itself (discovery document, revision
 * 20260916). A folder is a file, and a shared drive's id is that of its root folder. {@code root} stands for a folder that has an id too,
 * so it is no id here. A call that names a shared drive as a folder touches that folder, so a policy about the drive does not see it; one
 * about files does. Sharing counts as destructive: what others have read is not taken back; answering those who ask for access and
 * publishing a revision are ways of it. Searches over all drives can be incomplete, which Drive then says ({@code incompleteSearch}).
 * Batches, resumable uploads and other versions may be anything.
 */
final class DriveTools {
    private static final String FILE = "file";
    private static final String DRIVE = "drive";
    private static final String FOLDER = "application/vnd.google-apps.folder";
    private static final String ONE =
            "id,name,mimeType,description,parents,driveId,shared,trashed,starred,modifiedTime,size,webViewLink";
    private static final String FILE_ID =
            "\"file_id\": {\"type\": \"string\", \"pattern\": \"^(?!(trash|generateIds)$)[A-Za-z0-9_-]+$\", \"description\": \"Id of the file or folder\"}";
    private static final String PAGES = """
            "page_size": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "Results on a page, at most"},
            "page_token": {"type": "string", "description": "nextPageToken of the page before"}""";

    private DriveTools() {}

    static ToolSet tools() {
        return ToolSet.of(
                        ResourceKind.of(FILE, "File or folder").canonical(DriveTools::id),
                        ResourceKind.of(DRIVE, "Shared drive").canonical(DriveTools::id))
                .routes(
                        Route.any("/drive/v3/files/{file}/**").touches(FILE, "{file}"),
                        Route.any("/upload/drive/v3/files/{file}").touches(FILE, "{file}"),
                        Route.of("PATCH", "/upload/drive/v3/files/{file}")
                                .touches(FILE, "{file}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.of("PATCH", "/drive/v3/files/{file}")
                                .touches(FILE, "{file}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.any("/drive/v3/files/{file}/permissions/**")
                                .touches(FILE, "{file}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.of("GET", "/drive/v3/files/{file}/permissions/**")
                                .touches(FILE, "{file}")
                                .tier(Tier.READ),
                        Route.of("POST", "/drive/v3/files/{file}/accessproposals/**")
                                .touches(FILE, "{file}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.of("PATCH", "/drive/v3/files/{file}/revisions/**")
                                .touches(FILE, "{file}")
                                .tier(Tier.DESTRUCTIVE),
                        Route.of("DELETE", "/drive/v3/files/trash").anything(),
                        Route.of("GET", "/drive/v3/files/generateIds").touchesNothing(),
                        Route.any("/drive/v3/drives/{drive}/**").touches(DRIVE, "{drive}"),
                        Route.of("GET", "/drive/v3/about").touchesNothing(),
                        Route.of("GET", "/drive/v3/**").tier(Tier.READ),
                        Route.of("POST", "/drive/v3/**").tier(Tier.WRITE),
                        Route.of("PUT", "/drive/v3/**").tier(Tier.WRITE),
                        Route.of("PATCH", "/drive/v3/**").tier(Tier.WRITE),
                        Route.of("DELETE", "/drive/v3/**").tier(Tier.DESTRUCTIVE),
                        Route.of("POST", "/upload/drive/v3/files").tier(Tier.WRITE),
                        Route.of("PUT", "/upload/drive/v3/files").tier(Tier.WRITE),
                        Route.any("/drive/**").anything(),
                        Route.any("/upload/**").anything(),
                        Route.any("/resumable/**").anything(),
                        Route.any("/batch/**").anything())
                .with(
                        tool(
                                        "search_files",
                                        "Search files",
                                        "Find files and folders, those of shared drives too. The query is Drive's: name contains 'plan' and trashed = false;"
                                                + " '<folder id>' in parents. Where incompleteSearch is true, some are missing.")
                                .input(input("""
                                        "q": {"type": "string", "description": "Everything without it, the trash too"},
                                        "order_by": {"type": "string", "description": "modifiedTime desc, name"},""" + PAGES))
                                .http(list().parameter("q", "q")
                                        .parameter("orderBy", "order_by")
                                        .parameter("pageSize", "page_size")
                                        .parameter("pageToken", "page_token"))
                                .build(),
                        tool(
                                        "list_folders",
                                        "List folders",
                                        "List folders, those of shared drives too. Where incompleteSearch is true, some are missing.")
                                .input(input(PAGES))
                                .http(list().fixed("q", "mimeType = '" + FOLDER + "' and trashed = false")
                                        .parameter("pageSize", "page_size")
                                        .parameter("pageToken", "page_token"))
                                .touchesNothing()
                                .build(),
                        tool("list_shared_drives", "List shared drives", "List the shared drives that you can see.")
                                .input(input("""
                                        "page_size": {"type": "integer", "minimum": 1, "maximum": 100},
                                        "page_token": {"type": "string", "description": "nextPageToken of the page before"}"""))
                                .http(HttpTemplate.get("/drive/v3/drives")
                                        .parameter("pageSize", "page_size")
                                        .parameter("pageToken", "page_token")
                                        .fixed("fields", "nextPageToken,drives(id,name,hidden)"))
                                .touchesNothing()
                                .build(),
                        tool("get_shared_drive", "Get a shared drive", "Get name and settings of a shared drive.")
                                .input(input(
                                        "\"drive_id\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9_-]+$\"}",
                                        "drive_id"))
                                .http(HttpTemplate.get("/drive/v3/drives/{drive_id}")
                                        .fixed("fields", "id,name,hidden"))
                                .build(),
                        tool(
                                        "get_file",
                                        "Get a file's facts",
                                        "Get name, type, folder and other facts of a file or folder, not its content.")
                                .input(input(FILE_ID, "file_id"))
                                .http(HttpTemplate.get("/drive/v3/files/{file_id}")
                                        .fixed("fields", ONE)
                                        .fixed("supportsAllDrives", "true"))
                                .build(),
                        tool(
                                        "export_file",
                                        "Read a document",
                                        "Read a Google document in another form: text/markdown or text/plain for documents, text/csv for the first sheet.")
                                .input(input(
                                        FILE_ID + ", \"mime_type\": {\"type\": \"string\", \"minLength\": 1}",
                                        "file_id",
                                        "mime_type"))
                                .http(HttpTemplate.get("/drive/v3/files/{file_id}/export")
                                        .parameter("mimeType", "mime_type"))
                                .build(),
                        tool("download_file", "Read a file", "Read the content of a file that is no Google document.")
                                .input(input(FILE_ID, "file_id"))
                                .http(HttpTemplate.get("/drive/v3/files/{file_id}")
                                        .fixed("alt", "media")
                                        .fixed("supportsAllDrives", "true"))
                                .build(),
                        tool(
                                        "create_folder",
                                        "Create a folder",
                                        "Create a folder in a folder; root is the top of My Drive.")
                                .input(input("""
                                        "name": {"type": "string", "minLength": 1},
                                        "parent_id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}""", "name", "parent_id"))
                                .http(HttpTemplate.post("/drive/v3/files")
                                        .json("{\"name\": \"{name}\", \"mimeType\": \"" + FOLDER
                                                + "\", \"parents\": [\"{parent_id}\"]}")
                                        .fixed("fields", ONE)
                                        .fixed("supportsAllDrives", "true"))
                                .touches(FILE, "{parent_id}")
                                .build(),
                        tool("update_file", "Rename a file", "Change name, description or star of a file or folder.")
                                .input(input(FILE_ID + """
                                        , "name": {"type": "string", "minLength": 1},
                                        "description": {"type": "string"},
                                        "starred": {"type": "boolean"}""", "file_id"))
                                .http(HttpTemplate.patch("/drive/v3/files/{file_id}")
                                        .fixed("fields", ONE)
                                        .fixed("supportsAllDrives", "true"))
                                .tier(Tier.WRITE)
                                .build(),
                        tool("copy_file", "Copy a file", "Copy a file beside itself.")
                                .input(input(
                                        FILE_ID + ", \"name\": {\"type\": \"string\", \"minLength\": 1}", "file_id"))
                                .http(HttpTemplate.post("/drive/v3/files/{file_id}/copy")
                                        .fixed("fields", ONE)
                                        .fixed("supportsAllDrives", "true"))
                                .build(),
                        tool("share_file", "Share a file", "Give a person access to a file or folder.")
                                .input(input(FILE_ID + """
                                        , "email_address": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
                                        "role": {"enum": ["reader", "commenter", "writer"]},
                                        "notify": {"type": "boolean", "default": true, "description": "Send the person a mail"}""", "file_id", "email_address", "role"))
                                .http(HttpTemplate.post("/drive/v3/files/{file_id}/permissions")
                                        .json(
                                                "{\"type\": \"user\", \"role\": \"{role}\", \"emailAddress\": \"{email_address}\"}")
                                        .parameter("sendNotificationEmail", "notify")
                                        .fixed("supportsAllDrives", "true"))
                                .tier(Tier.DESTRUCTIVE)
                                .build(),
                        tool(
                                        "trash_file",
                                        "Put a file into the trash",
                                        "Put a file or folder into the trash, with everything in it.")
                                .input(input(FILE_ID, "file_id"))
                                .http(HttpTemplate.patch("/drive/v3/files/{file_id}")
                                        .json("{\"trashed\": true}")
                                        .fixed("fields", ONE)
                                        .fixed("supportsAllDrives", "true"))
                                .tier(Tier.DESTRUCTIVE)
                                .build(),
                        tool(
                                        "delete_file",
                                        "Delete a file for good",
                                        "Delete a file or folder at once, past the trash, with everything in it that you own.")
                                .input(input(FILE_ID, "file_id"))
                                .http(HttpTemplate.delete("/drive/v3/files/{file_id}")
                                        .fixed("supportsAllDrives", "true"))
                                .build());
    }

    private static HttpTemplate list() {
        return HttpTemplate.get("/drive/v3/files")
                .fixed(
                        "fields",
                        "nextPageToken,incompleteSearch,files(id,name,mimeType,parents,driveId,shared,trashed,modifiedTime,size,webViewLink)")
                .fixed("corpora", "allDrives")
                .fixed("supportsAllDrives", "true")
                .fixed("includeItemsFromAllDrives", "true");
    }

    /** Folders and shared drives. Other files are looked up when a policy asks for them; Drive's own push messages name no file. */
    static EntitySource[] entities() {
        return new EntitySource[] {
            EntitySource.of(FILE, "Folders", "list_folders")
                    .arguments("{\"page_size\": 1000}")
                    .items("files")
                    .paged(Paging.cursor("page_token", "nextPageToken"))
                    .attribute("type", "mimeType")
                    .attribute("parent", "parents?")
                    .attribute("drive", "driveId?")
                    .attribute("shared", "shared")
                    .attribute("trashed", "trashed")
                    .lookup("get_file", "", "file_id"),
            EntitySource.of(DRIVE, "Shared drives", "list_shared_drives")
                    .arguments("{\"page_size\": 100}")
                    .items("drives")
                    .paged(Paging.cursor("page_token", "nextPageToken"))
                    .attribute("hidden", "hidden")
                    .lookup("get_shared_drive", "", "drive_id")
        };
    }

    private static String id(String id) {
        return id.matches("[A-Za-z0-9_-]{5,128}") ? id : "";
    }

    private static Tool.Builder tool(String name, String title, String description) {
        return Tool.named(name).title(title).description(description);
    }

    private static String input(String properties, String... required) {
        String names = required.length == 0 ? "" : "\"" + String.join("\", \"", required) + "\"";
        return "{\"properties\": {" + properties + "}, \"required\": [" + names + "]}";
    }
}
