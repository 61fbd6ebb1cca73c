package dev.bulla.audit;

/** How entries are exported. */
public enum AuditFormat {
    /** RFC 4180 with a line of names, in UTF-8; texts that a spreadsheet would calculate begin with an apostrophe. */
    CSV("text/csv; charset=utf-8", "csv"),
    /** One JSON object in each line. */
    JSON_LINES("application/x-ndjson", "jsonl");

    private final String contentType;
    private final String ending;

    AuditFormat(String contentType, String ending) {
        this.contentType = contentType;
        this.ending = ending;
    }

    public String contentType() {
        return contentType;
    }

    /** Of a file's name, without the dot. */
    public String ending() {
        return ending;
    }
}
